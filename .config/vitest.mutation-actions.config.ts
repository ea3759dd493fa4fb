import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** These start an emulator, a connector and its database, which takes seconds; what the others notice, they need not. */
const atTheFrontDoor =
  /\/(create|create-attachments|deleted-job|edges|every-action|files|lost-answers|scripted|sources)\.test\.ts$/;

function isSlow({ moduleId }: TestSpecification): boolean {
  return atTheFrontDoor.test(moduleId);
}

class FrontDoorLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return [...files.filter((file) => !isSlow(file)), ...files.filter(isSlow)];
  }
}

// The tests of the connector's actions.
export default defineConfig({
  test: {
    root: resolve(import.meta.dirname, '..'),
    include: [
      'test/connector/actions/*.test.ts',
      'test/connector/api/{create,create-attachments,deleted-job}.test.ts',
    ],
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { TEST_DATABASE: 'PostgreSQL' },
    globalSetup: 'test/support/postgres/global-setup.ts',
    setupFiles: ['test/mutation/same-values.ts'],
    sequence: { sequencer: FrontDoorLast },
  },
});
