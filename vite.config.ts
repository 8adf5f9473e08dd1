import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** In development the page is served here and everything under /api comes from a running `tandem serve`. */
export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // An inlined font or image would need `data:` in the Content-Security-Policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { port: 4401, proxy: { '/api': { target: 'http://127.0.0.1:4400', changeOrigin: false } } },
})
