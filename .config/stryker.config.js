// Mutation testing of one folder of the connector, which MUTATE names. `test/mutation/run.ts` starts it.
const folder = process.env.MUTATE ?? 'models';
const name = folder.replace('/', '-');

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'quick',
  // A worker takes the place of a process, which takes longer to start. It does not heed a change of the time zone: run.ts
  // sets one.
  vitest: { configFile: '.config/vitest.mutation.config.ts', related: false, pool: 'threads' },
  mutate: [`connector/${folder}/*.ts`],
  ignorePatterns: ['/dist', '/.mock-gem', '/.mutation', '/test/bench'],
  disableTypeChecks: false,
  // A mutant that runs for ever is rare, and a busy machine is not to be taken for one.
  timeoutMS: 60_000,
  tempDirName: `.mutation/sandbox-of-${name}`,
  incrementalFile: `.mutation/incremental/${name}.json`,
  plugins: ['@stryker-mutator/*', './test/mutation/quick-runner.ts', './test/mutation/survivors.ts'],
  reporters: ['json', 'progress-append-only', 'survivors'],
  jsonReporter: { fileName: `.mutation/${name}.json` },
  warnings: { slow: false },
};
