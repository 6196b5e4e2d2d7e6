import { defineConfig } from 'vitest/config';

/** What `npm run nightly` adds to `npm test`. */
export default defineConfig({
  test: {
    name: 'nightly',
    include: ['test/nightly/**/*.test.ts'],
    fileParallelism: false,
    maxConcurrency: 2,
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
