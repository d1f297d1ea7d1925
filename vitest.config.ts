import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{analyzer,collector,cli,fixtures,ui,scripts}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', 'dist/**'],
    testTimeout: 150_000,
    hookTimeout: 120_000,
    // What is polled for is another process's or the browser's to do; on a busy machine that takes more than the usual second.
    expect: { poll: { timeout: 60_000 } },
    // Two cores are the smallest machine the suite promises to pass on; real agents and a browser share them.
    maxWorkers: 2,
  },
})
