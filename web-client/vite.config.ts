import { fileURLToPath, URL } from 'node:url'

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Where `npm run dev` finds the running Heyi server. */
const server = process.env['HEYI_DEV_SERVER'] ?? 'http://localhost:8080'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    // Old Android web views report Chrome 87; Safari 14 is the first with WebRTC in iOS web views.
    target: ['es2020', 'chrome87', 'safari14'],
    // The server sends `default-src 'self'`: no asset may become a data: URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/api/room': { target: server, ws: true },
      '/api': { target: server },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    server: { deps: { inline: ['vant'] } },
    restoreMocks: true,
    pool: 'threads',
    maxWorkers: 1,
  },
})
