import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

// The page: `npm run build` puts it in dist/ui, where the collector serves it. `npm run dev:ui` serves it with reload,
// against a collector on its usual port.
export default defineConfig({
  root: fileURLToPath(new URL('./ui', import.meta.url)),
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('./dist/ui', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // `light-dark()` carries both themes; browsers before these do not know it.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // kB. The analyzer with its SQL grammar is one module, which the page fetches by itself after it is shown.
    chunkSizeWarningLimit: 720,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4318' } },
})
