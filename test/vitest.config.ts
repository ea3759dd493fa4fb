import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = resolve(import.meta.dirname, '..');

const common = {
  root,
  // Starting an embedded PostgreSQL or a whole program takes seconds on a busy machine.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // Each file opens worlds and stores of its own; loading all the modules anew for each takes longer than most files run.
  isolate: false,
  setupFiles: 'test/support/setup.ts',
  globalSetup: 'test/support/postgres/global-setup.ts',
  // Node runs TypeScript as it is, so that nothing has to be transformed first. Modules are never mocked here.
  experimental: { viteModuleRunner: false, nodeLoader: false },
};

/** The files that start whole programs, a browser, or databases on a disk. */
const programs = 'test/**/*.program.test.ts';

/** What takes long and has a short form in other files: what Gem may do between and during the calls of a sync or an action. */
export const thorough = [
  'test/connector/actions/{lost-answers,lost-writes,same-call-at-once,what-has-happened}.test.ts',
  'test/connector/sync/{moved-entries,newer-version,proven-losses,read-lookup,shifting-pages}.test.ts',
  'test/connector/changes/nothing-is-lost.test.ts',
  'test/connector/explain/other-records.property.test.ts',
  'test/connector/general/{data-expiry,scope}.test.ts',
  'test/connector/status/status.test.ts',
  'test/contracts/verify-connector/{account,adapter-command,foreign-connectors,nonsense,varied}.test.ts',
  'test/contracts/{every-machine-mutant,merged-cases}.test.ts',
  'test/contracts/pact/connector.provider.pact.test.ts',
  'test/connector/webhooks/{drift,endpoint-down,issues,send-again}.test.ts',
  'test/connector/work/progress.test.ts',
  'test/contracts/drift/every-user.test.ts',
  'test/mock-server/watch/live-report.test.ts',
  'test/mock-server/control/send-again.test.ts',
  'test/mock-server/machine/slices.test.ts',
  'test/mock-server/capture/{command,generated.property,reading,texts,verified}.test.ts',
];

/** `npm test` runs `suite`, `npm run test:deep -- --short` the others; `.ci/run` runs both. */
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
          exclude: [programs, ...thorough],
          env: { PACT_DO_NOT_TRACK: 'true' },
        },
      },
      {
        // What a browser shows follows what was pressed a moment later.
        test: { ...common, name: 'programs', include: [programs], expect: { poll: { timeout: 10_000 } } },
      },
      {
        // What `npm test` leaves out, and what it takes some of, in full.
        test: {
          ...common,
          name: 'broad',
          include: [
            ...thorough,
            'test/contracts/every-{reading,writing}-mutant.test.ts',
            'test/contracts/verify-gem/{deviations,every-deviation,gaps}.test.ts',
            'test/contracts/verify-connector/cli.test.ts',
            'test/connector/explain/lineage.property.test.ts',
            'test/connector/sync/every-failure.test.ts',
            'test/mock-server/control/{events,history}.test.ts',
            'test/seeds/from-world.test.ts',
            'test/mock-server/capture/pseudonymise.property.test.ts',
            'test/mock-server/watch/{mirror,watch}.test.ts',
            'test/mock-server/capture/same-world.test.ts',
          ],
          env: { BROAD: '1' },
        },
      },
      {
        // What concerns SQL, once more on the embedded database.
        test: {
          ...common,
          name: 'embedded',
          include: [
            'test/connector/{sync,store,api}/*.test.ts',
            'test/connector/work/{request-sync,sync-work,locks,queue}.test.ts',
            'test/connector/{api/limits/shared-limits,webhooks/delivery}.test.ts',
          ],
          exclude: [
            programs,
            '**/*.property.test.ts',
            '**/{emulator,hostile-input}.test.ts',
            '**/{create,create-attachments,every-failure,read-ahead,large-records,both-databases}.test.ts',
          ],
          env: { TEST_DATABASE: 'PGlite' },
        },
      },
    ],
  },
});
