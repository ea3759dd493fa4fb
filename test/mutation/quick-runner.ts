// A runner of tests for Stryker that keeps one worker with all sources and tests loaded. For most changes that is as good as
// new, and takes a hundredth of the time: Stryker's own runner for Vitest, which does the rest, begins a worker for each.
import { BroadcastChannel } from 'node:worker_threads';
import { strykerPlugins as vitestPlugins } from '@stryker-mutator/vitest-runner';
import { createVitest } from 'vitest/node';
import { channel, type Outcome, type Trial } from './trial.ts';

type VitestPlugin = (typeof vitestPlugins)[number];
type Runner = ReturnType<VitestPlugin['factory']>;
type MutantRun = Runner['mutantRun'];

class QuickRunner {
  readonly #usual: Runner;
  #worker: Worker | undefined;

  constructor(usual: Runner) {
    this.#usual = usual;
  }

  capabilities: Runner['capabilities'] = () => this.#usual.capabilities();
  init = async () => {
    await this.#usual.init?.();
    // Not with the first change, which has no time for that.
    this.#worker = await startWorker();
  };
  dryRun: Runner['dryRun'] = (options) => this.#usual.dryRun(options);

  mutantRun: MutantRun = async (options) => {
    const { mutantActivation, testFilter, activeMutant, hitLimit } = options;
    // What is changed while a module is loaded shows in a module that is loaded anew.
    if (mutantActivation === 'static' || !testFilter || !this.#worker) return this.#usual.mutantRun(options);
    return this.#worker.run({ mutant: activeMutant.id, tests: testFilter, hitLimit });
  };

  dispose = async () => {
    await this.#worker?.end();
    await this.#usual.dispose?.();
  };
}

interface Worker {
  run(trial: Trial): Promise<Awaited<ReturnType<MutantRun>>>;
  end(): Promise<void>;
}

/** Runs all tests once, which leaves them loaded; then the last of them, `stay.ts`, answers to trials. */
async function startWorker(): Promise<Worker> {
  const calls = new BroadcastChannel(channel);
  const answer = () =>
    new Promise<Outcome>((resolve) => {
      calls.onmessage = (event) => resolve((event as { data: Outcome }).data);
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
      calls.postMessage(trial);
      return (await outcome) as Awaited<ReturnType<MutantRun>>;
    },
    end: async () => {
      calls.postMessage('end');
      calls.close();
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
