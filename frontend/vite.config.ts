/// <reference types="vitest/config" />
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// One folder with hashed names and a manifest, which the template tag `frontend` reads.
export default defineConfig({
  plugins: [vue()],
  define: { __VUE_OPTIONS_API__: false, __VUE_PROD_DEVTOOLS__: false, __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false },
  base: './',
  publicDir: false,
  build: {
    outDir: '../src/dajian/service/static/build',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2022',
    cssTarget: 'chrome111', // offices keep browsers for years; oklch and color-mix are what Tabler cannot do without
    rolldownOptions: {
      input: { main: 'src/main.ts', runner: 'src/runner/main.ts' },
      checks: { eval: false }, // htmx can eval, and main.ts forbids it
    },
  },
  test: { environment: 'jsdom', include: ['tests/**/*.test.ts'] },
});
