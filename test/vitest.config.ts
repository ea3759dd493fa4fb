import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;

export default defineConfig({
  test: {
    root,
    reporters: ['default'],
    // Answers of embedded PostgreSQL take a while to start on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        test: {
          name: 'suite',
          root,
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.pact.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'pact',
          root,
          include: ['test/**/*.pact.test.ts'],
          // Consumer tests write one file together, and the provider reads it: one after the other, in order.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          env: { PACT_DO_NOT_TRACK: 'true' },
        },
      },
    ],
  },
});
