import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'system',
          include: ['test/**/*.test.ts'],
          exclude: ['test/docker/**', 'test/nightly/**'],
          // Real servers share two cores: one file at a time.
          fileParallelism: false,
          // Tests of interruptions run concurrently, two at a time.
          maxConcurrency: 2,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'docker',
          include: ['test/docker/**/*.test.ts'],
          fileParallelism: false,
          // The first test that needs an image builds it.
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
