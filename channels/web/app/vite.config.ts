import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** `vite build channels/web/app` → dist/web. For work on the page: `vite channels/web/app` beside a desk on port 3000. */
export default defineConfig({
  // The chat library's `browser` field names a UMD build that breaks under bundlers. Leaving that field out for
  // every package would break socket.io's client, which needs its own.
  resolve: {
    alias: [
      { find: /^@chatui\/core$/, replacement: fileURLToPath(new URL('../../../node_modules/@chatui/core/es/index.js', import.meta.url)) },
    ],
  },
  build: {
    outDir: '../../../dist/web',
    emptyOutDir: true,
    // light-dark() and dialog as they are, without fallbacks.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // Inlined assets would need data: in the content security policy.
    assetsInlineLimit: 0,
    // One stylesheet for the page; the chart has none.
    cssCodeSplit: false,
  },
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:3000',
      '/socket.io': { target: 'http://127.0.0.1:3000', ws: true },
      '/signin': 'http://127.0.0.1:3000',
    },
  },
});
