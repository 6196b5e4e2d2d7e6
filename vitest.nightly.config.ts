import { defineConfig } from 'vitest/config';

/** What `npm run nightly` adds to `npm test` and `npm run test:docker`. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'nightly',
          include: ['test/nightly/**/*.test.ts'],
          exclude: ['test/nightly/docker/**'],
          fileParallelism: false,
          maxConcurrency: 2,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'nightly-docker',
          include: ['test/nightly/docker/**/*.test.ts'],
          fileParallelism: false,
          // The first test that needs an image builds it.
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
