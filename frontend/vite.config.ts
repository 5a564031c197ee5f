/// <reference types="vitest/config" />
import { defineConfig } from 'vite';

// One folder with hashed names and a manifest, which the template tag `frontend` reads.
export default defineConfig({
  base: './',
  publicDir: false,
  build: {
    outDir: '../src/dajian/service/static/build',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2022',
    cssTarget: 'chrome111', // offices keep browsers for years; oklch and color-mix are what Tabler cannot do without
    rolldownOptions: {
      input: { main: 'src/main.ts' },
      checks: { eval: false }, // htmx can eval, and main.ts forbids it
    },
  },
  test: { environment: 'jsdom', include: ['tests/**/*.test.ts'] },
});
