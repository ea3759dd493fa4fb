import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = new URL('..', import.meta.url).pathname;

const common = {
  root,
  // Starting an embedded PostgreSQL or a whole program takes seconds on a busy machine.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // Each file opens worlds and stores of its own; loading all the modules anew for each takes longer than most files run.
  isolate: false,
  setupFiles: 'test/support/setup.ts',
};

const postgres = 'test/support/postgres/global-setup.ts';

/** The files that start whole programs take longest; begun first, they run beside all the others. */
class ProgramsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const startsPrograms = ({ moduleId }: TestSpecification) => /\/house\/|command\.test/.test(moduleId);
    return [...files.filter(startsPrograms), ...files.filter((file) => !startsPrograms(file))];
  }
}

export default defineConfig({
  test: {
    ...common,
    maxWorkers: 2,
    sequence: { sequencer: ProgramsFirst },
    projects: [
      {
        test: {
          ...common,
          name: 'suite',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.pact.test.ts'],
          globalSetup: postgres,
        },
      },
      {
        // What concerns SQL, once more on a PostgreSQL server.
        test: {
          ...common,
          name: 'postgres',
          include: ['test/connector/sync/*.test.ts', 'test/connector/api/*.test.ts'],
          exclude: [
            '**/{vault,gem-client,store,store-on-postgres,command,emulator,hostile-input}.test.ts',
            '**/{create,create-attachments,every-failure,read-ahead}.test.ts',
            '**/*.property.test.ts',
          ],
          env: { TEST_DATABASE: 'PostgreSQL' },
          globalSetup: postgres,
        },
      },
      {
        test: {
          ...common,
          name: 'pact',
          include: ['test/**/*.pact.test.ts'],
          env: { PACT_DO_NOT_TRACK: 'true' },
        },
      },
    ],
  },
});
