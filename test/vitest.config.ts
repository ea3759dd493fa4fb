import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;

const common = {
  root,
  // Starting an embedded PostgreSQL or a whole program takes seconds on a busy machine.
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    ...common,
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          name: 'suite',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.pact.test.ts'],
        },
      },
      {
        test: {
          ...common,
          name: 'pact',
          include: ['test/**/*.pact.test.ts'],
          // Pact's native part is one for the whole process.
          fileParallelism: false,
          env: { PACT_DO_NOT_TRACK: 'true' },
        },
      },
    ],
  },
});
