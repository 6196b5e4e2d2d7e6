import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts'],
          testTimeout: 60_000,
          // A condition that must come true comes late on a busy machine: only the timeout of the test ends the wait.
          expect: { poll: { timeout: 50_000 } },
          // The files share what they import, and two workers share them: loading it anew for each took longer than many
          // of the tests.
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'system',
          include: ['test/**/*.test.ts'],
          exclude: ['test/docker/**', 'test/nightly/**'],
          // Real servers share two cores: one file at a time.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
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
          sequence: { groupOrder: 2 },
          // The first test that needs an image builds it.
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
