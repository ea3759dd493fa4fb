// Mutation testing of one folder of the connector, which MUTATE names. `test/mutation/run.ts` starts it.
const folder = process.env.MUTATE ?? 'models';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  vitest: {
    configFile: `.config/vitest.mutation${folder === 'actions' ? '-actions' : ''}.config.ts`,
    related: false,
    // A thread does not heed a change of the time zone.
    pool: 'forks',
  },
  mutate: [`connector/${folder}/**/*.ts`],
  ignorePatterns: ['/dist', '/.mock-gem', '/.mutation', '/test/bench'],
  disableTypeChecks: false,
  concurrency: 2,
  // A mutant that runs for ever is rare, and a busy machine is not to be taken for one.
  timeoutMS: 20_000,
  tempDirName: `.mutation/sandbox-of-${folder}`,
  incrementalFile: `.mutation/incremental/${folder}.json`,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: `.mutation/${folder}.json` },
  warnings: { slow: false },
};
