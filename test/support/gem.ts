import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { GemSchemas } from '../../contracts/gem.ts';
import { startMockGem, type MockGem, type MockGemOptions } from '../../mock-server/server.ts';
import { Store } from '../../mock-server/store/store.ts';

// The worlds of a scenario share its records, and files of tests that run in one process share both. What writes into a record
// fails where it does so, not in another file whose world is no longer what it was.
const inSteps = Store.inSteps.bind(Store);
Store.inSteps = (records) => inSteps(frozen(records));

function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}

/** An emulator for one test, on a free port, checking its own answers, without a rate limit unless asked. */
export async function startGem(options: MockGemOptions = {}): Promise<MockGem> {
  const { gem, end } = await startChecked(options);
  onTestFinished(end);
  return gem;
}

/** The same for all tests of a file, which leave it as it is. */
export function useGem(options: MockGemOptions = {}): () => MockGem {
  let started: Checked | undefined;
  beforeAll(async () => {
    started = await startChecked(options);
  });
  afterAll(() => started?.end());
  return () => {
    if (!started) throw new Error('the emulator has not started yet');
    return started.gem;
  };
}

interface Checked {
  gem: MockGem;
  /** @throws what it reported as defects */
  end(): Promise<void>;
}

async function startChecked(options: MockGemOptions): Promise<Checked> {
  const defects: unknown[] = [];
  const gem = await startMockGem({
    port: 0,
    checkAnswers: true,
    report: (defect) => defects.push(defect),
    ...options,
    switches: { rate_limit: 'off', ...options.switches },
  });
  return {
    gem,
    async end() {
      await gem.close();
      if (defects.length > 0) throw new AggregateError(defects, 'the emulator reported defects');
    },
  };
}

/** Reads a path of the emulator with its key and returns the body. */
export async function read<Body>(gem: MockGem, path: string): Promise<Body> {
  const response = await fetch(`${gem.url}${path}`, { headers: { 'x-api-key': gem.apiKey } });
  if (response.status !== 200)
    throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Body;
}

/** All candidates of the emulator's first world. */
export function readCandidates(gem: MockGem): Promise<GemSchemas['Candidate'][]> {
  return read(gem, '/ats/v0/candidates/?per_page=500');
}
