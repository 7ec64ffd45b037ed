import { defineConfig } from '@playwright/test'

/** Whole stories in real browsers against a real server; one at a time, since each is a full house. */
export default defineConfig({
  testDir: '.',
  testMatch: ['stories/**/*.spec.ts', 'network/**/*.spec.ts'],
  workers: 1,
  // What fails twice is broken; what a held-up machine fails once is listed as flaky.
  retries: 1,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  outputDir: '../target/e2e',
})
