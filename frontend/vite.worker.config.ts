import { defineConfig } from 'vite';

// The service worker as one file of its own: it is served beside the runner's pages and can import nothing.
export default defineConfig({
  base: './',
  publicDir: false,
  build: {
    outDir: '../src/dajian/service/static/build',
    emptyOutDir: false,
    manifest: 'worker.json',
    target: 'es2022',
    rolldownOptions: { input: { worker: 'src/runner/worker.ts' }, output: { format: 'iife' } },
  },
});
