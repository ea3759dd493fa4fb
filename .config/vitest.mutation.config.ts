import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The tests that the changes of one folder are tried against. */
interface Suite {
  include: string[];
  exclude?: string[];
  /** They take seconds: what the others notice, they need not. */
  last: RegExp;
}

/** These need neither a socket nor a database. */
const mapping: Suite = {
  include: ['test/connector/{models,policy}/*.test.ts'],
  exclude: [
    // The former opens a database, the latter looks at the records and not at the mapping.
    'test/connector/models/{tables,records}.test.ts',
    // These hold the mapping against the contract's rules, which would judge the mutants in place of the tests of the facts.
    'test/connector/policy/{first-office,jobs,personal-emails,posting-text,resume-attachments,sources}.property.test.ts',
  ],
  last: /\/(every-model|odd-records)\.test\.ts$/,
};

const suites: Readonly<Record<string, Suite>> = {
  models: mapping,
  policy: mapping,
  actions: {
    include: [
      'test/connector/actions/*.test.ts',
      'test/connector/api/{create,create-attachments,deleted-job}.test.ts',
    ],
    last: /\/(create|create-attachments|deleted-job|edges|every-action|files|kept-creations|lost-answers|lost-writes|same-call-at-once|scripted|sources|uploaded-resumes|what-has-happened)\.test\.ts$/,
  },
  webhooks: {
    include: ['test/connector/webhooks/*.test.ts', 'test/connector/general/data-expiry.test.ts'],
    // They look at what is kept and sent once more, which stands elsewhere.
    exclude: ['**/*.program.test.ts', '**/{clean-up,send-again}.test.ts'],
    last: /\/(data-expiry|endpoint-down|front-door|issues)\.test\.ts$/,
  },
  sync: {
    // The others hold whole syncs against laws and Gem's pages against failures, which takes minutes.
    include: [
      'test/connector/sync/{counted-tables,created-only,decisions.property,delta-sync,failing-sync}.test.ts',
      'test/connector/sync/{full-sync,how-far,interruption,moved-entries,newer-version,odd-records}.test.ts',
      'test/connector/sync/{proven-losses,read-ahead,read-candidates-of,read-lookup}.test.ts',
      'test/connector/{general/data-expiry,general/rejected,general/scope,store/save-records,work/progress}.test.ts',
    ],
    last: /\/(created-only|data-expiry|progress|rejected|scope)\.test\.ts$/,
  },
  api: {
    include: [
      'test/connector/api/{create,create-attachments,gem-fails,problems,raw-requests,translated-problems}.test.ts',
      'test/connector/api/limits/{limits,shared-limits}.test.ts',
      'test/connector/actions/{kept-creations,read-created,same-call-at-once}.test.ts',
      'test/connector/explain/{explain.program,other-records.property}.test.ts',
      'test/{connector/general/scope,contracts/page-examples}.test.ts',
    ],
    last: /\/(create|create-attachments|explain\.program|gem-fails|kept-creations|other-records\.property|page-examples|same-call-at-once)\.test\.ts$/,
  },
  'api/general': {
    include: [
      'test/connector/general/{coverage,every-answer,every-operation,fields,integrations,rejected,scope}.test.ts',
      'test/connector/{connect/connect,connect/stored,webhooks/webhooks-api,work/syncs-api}.test.ts',
    ],
    last: /\/(connect|rejected|scope|syncs-api)\.test\.ts$/,
  },
  'api/lists': {
    include: [
      'test/connector/api/{filters,pages.property,paging,parts,ready-items,shapes,updated-after}.test.ts',
      'test/connector/{changes/wait,general/fields,general/integrations,general/scope}.test.ts',
    ],
    last: /\/(scope|wait)\.test\.ts$/,
  },
  'api/webhooks': {
    include: ['test/connector/webhooks/{endpoint-down,front-door,send-again,webhooks-api}.test.ts'],
    last: /\/(endpoint-down|front-door|send-again)\.test\.ts$/,
  },
};

const folder = process.env['MUTATE'] ?? 'models';
const suite = suites[folder];
if (!suite) throw new Error(`no tests are named for changes of connector/${folder}`);
const { exclude = [], last } = suite;
const named = process.env['MUTATION_TESTS'];
const include = named === undefined ? suite.include : [named];

/** Set for the worker of test/mutation/quick-runner.ts, which runs all tests and then stays. */
const staying = process.env['MUTATION_STAYS'] === '1';
const stay = 'test/mutation/stay.ts';

/** First what speaks of the changed file, which test/mutation/quick-runner.ts names: the first test that fails ends a run. */
function rank({ moduleId }: TestSpecification): number {
  if (moduleId.endsWith(stay)) return 3;
  const changed = process.env['MUTATED_FILE'];
  if (changed && readFileSync(moduleId, 'utf8').includes(`/${basename(changed)}'`)) return 0;
  return last.test(moduleId) ? 2 : 1;
}

class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => rank(one) - rank(other));
  }
}

// The tests that mutation testing runs hundreds of times.
export default defineConfig({
  test: {
    root: resolve(import.meta.dirname, '..'),
    include: staying ? [...include, stay] : include,
    exclude,
    // One load of the sources serves all files.
    isolate: false,
    // A test that is run again has begun long ago.
    testTimeout: staying ? 0 : 60_000,
    // Starting the database takes long on a busy machine; a file whose start fails has no tests for the worker to run.
    hookTimeout: 240_000,
    globalSetup: 'test/support/postgres/global-setup.ts',
    setupFiles: [
      'test/support/setup.ts',
      'test/mutation/same-values.ts',
      ...(staying ? ['test/mutation/remember-tests.ts'] : []),
    ],
    sequence: { sequencer: QuickFirst, setupFiles: 'list' },
  },
});
