// A runner of tests for Stryker that keeps one worker with all sources and tests loaded. For most changes that is as good as
// new, and takes a hundredth of the time: Stryker's own runner for Vitest, which does the rest, begins a worker for each.
import { strykerPlugins as vitestPlugins } from '@stryker-mutator/vitest-runner';
import { createVitest } from 'vitest/node';
import { openChannel, type Outcome, type Trial } from './trial.ts';

type VitestPlugin = (typeof vitestPlugins)[number];
type Runner = ReturnType<VitestPlugin['factory']>;
type MutantRun = Runner['mutantRun'];

/** The tests of these folders open nothing. */
const isQuick = ['models', 'policy'].includes(process.env['MUTATE'] ?? '');

class QuickRunner {
  readonly #standard: Runner;
  /** What is made once is reached by the few tests that come first; with a database many tests take long. */
  readonly #looksTwiceUpTo = isQuick ? Infinity : 3;
  #worker: Worker | undefined;

  constructor(standard: Runner) {
    this.#standard = standard;
  }

  capabilities: Runner['capabilities'] = () => this.#standard.capabilities();
  init = async () => {
    await this.#standard.init?.();
    // Not with the first change, which has no time for that.
    this.#worker = await startWorker();
  };
  dryRun: Runner['dryRun'] = (options) => this.#standard.dryRun(options);

  mutantRun: MutantRun = async (options) => {
    const { mutantActivation, testFilter, activeMutant, hitLimit } = options;
    process.env['MUTATED_FILE'] = options.sandboxFileName;
    // What is changed while a module is loaded shows in a module that is loaded anew.
    if (mutantActivation === 'static' || !testFilter || !this.#worker)
      return this.#standard.mutantRun(options);
    const outcome = await this.#worker.run({ mutant: activeMutant.id, tests: testFilter, hitLimit });
    if (outcome.status === 'spoilt') {
      await this.#worker.end();
      this.#worker = await startWorker();
    } else if (outcome.status !== 'open') {
      const isSure = outcome.status !== 'survived' || testFilter.length > this.#looksTwiceUpTo;
      if (isSure) return outcome as Awaited<ReturnType<MutantRun>>;
    }
    // What a worker remembers of earlier runs may hide what a change does.
    return this.#standard.mutantRun(options);
  };

  dispose = async () => {
    await this.#worker?.end();
    await this.#standard.dispose?.();
  };
}

interface Worker {
  run(trial: Trial): Promise<Outcome>;
  end(): Promise<void>;
}

/** Runs all tests once, which leaves them loaded; then the last of them, `stay.ts`, answers to trials. */
async function startWorker(): Promise<Worker> {
  let answered: (outcome: Outcome | undefined) => void = () => {};
  const { send, close } = openChannel<Trial | 'end', Outcome | undefined>((outcome) => answered(outcome));
  const answer = () =>
    new Promise<Outcome | undefined>((resolve) => {
      answered = resolve;
    });
  process.env['MUTATION_STAYS'] = '1';
  const config = '.config/vitest.mutation.config.ts';
  const vitest = await createVitest({
    config,
    pool: 'threads',
    maxWorkers: 1,
    watch: false,
    reporters: [{}],
  });
  const isReady = answer();
  const running = vitest.start();
  await isReady;
  return {
    run: async (trial) => {
      const outcome = answer();
      send(trial);
      const found = await outcome;
      if (!found) throw new Error('a worker has no answer');
      return found;
    },
    end: async () => {
      send('end');
      close();
      await running;
      await vitest.close();
    },
  };
}

function createQuickRunner(injector: NonNullable<Parameters<VitestPlugin['factory']>[0]>): QuickRunner {
  const [plugin] = vitestPlugins;
  if (!plugin) throw new Error('Stryker has no runner for Vitest');
  return new QuickRunner(injector.injectFunction(plugin.factory));
}
createQuickRunner.inject = ['$injector'] as const;

/** Stryker finds runners by this name. */
export const strykerPlugins = [{ kind: 'TestRunner', name: 'quick', factory: createQuickRunner }];
