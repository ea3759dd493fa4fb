import type { Command } from 'commander';
import { toInstant } from '../../../contracts/clock.ts';
import { addOptions, flag, option, type OptionsOf } from '../../../contracts/server/options.ts';
import { writeWorld, type WrittenScenario } from '../../../seeds/from-world/write-world.ts';
import { findScenario, parseDuration, resourceNames } from '../../../seeds/index.ts';
import { connectToMockGem } from '../../control/client.ts';
import { loadSnapshot } from '../../snapshots/file.ts';
import type { Snapshot } from '../../snapshots/snapshot.ts';
import { emulatorOptions, whyRefused } from '../running-emulator.ts';
import { writeScenarioFile } from './write-scenario-file.ts';

const fromWorldOptions = {
  world: option('--world <name>', 'which one: its id, its key, or `default`', { default: 'default' }),
  snapshot: option('--snapshot <file>', 'a saved world, in place of one that runs'),
  purpose: option('--purpose <text>', 'one line: what the scenario is for'),
  keepIds: flag('--keep-ids', 'write the ids as well, so that the new world has the same'),
  ...emulatorOptions,
};

type FromWorldOptions = OptionsOf<typeof fromWorldOptions>;

/** Adds `mock-gem scenario from-world`: a state that was reached by hand becomes a file. */
export function addFromWorld(
  scenario: Command,
  {
    say,
    warn,
    reporting,
  }: {
    say: (text: string) => void;
    warn: (text: string) => void;
    reporting: <Args extends unknown[]>(
      action: (...args: Args) => void | Promise<void>,
    ) => (...args: Args) => Promise<void>;
  },
): void {
  const command = scenario
    .command('from-world')
    .description('write a world that runs, or a saved one, as a scenario that builds the same')
    .argument('[file]', 'where to; without it the text is printed');
  addOptions(command, fromWorldOptions, process.env)
    .addHelpText('after', help)
    .action(
      reporting(async (file: string | undefined, options: FromWorldOptions) => {
        const { text, untold } = await write(options);
        if (file === undefined) say(text);
        else say(writeScenarioFile(file, text));
        for (const place of untold) warn(`warning: no file can tell this, a snapshot can: ${place}`);
      }),
    );
}

const help = `
The file tells times from the moment at which the world stands, references by labels, and of each record only what would not
be made up like that. Switches, faults and the log of requests are not in it.

Examples:
  mock-gem scenario from-world my-case.yaml --purpose "a rejected candidate who applied again"
  mock-gem scenario check my-case.yaml
  mock-gem serve --scenario ./my-case.yaml`;

async function write(options: FromWorldOptions): Promise<WrittenScenario> {
  const { snapshot, now } = await read(options);
  const { company, records, labels, timeline, recipe } = snapshot;
  const purpose =
    options.purpose ?? `what became of ${recipe.scenario}; say here in one line what the scenario is for`;
  const from = momentToTellFrom(snapshot, now);
  return writeWorld(
    { company, records, labels, timeline, now: from },
    { purpose, keepsIds: options.keepIds, find: findScenario },
  );
}

/** @throws Error in one line */
async function read({ snapshot: file, url, world, controlToken }: FromWorldOptions): Promise<{
  snapshot: Snapshot;
  now: number;
}> {
  if (file !== undefined) {
    const snapshot = await loadSnapshot(file);
    if (!snapshot) throw new Error(`there is no file ${file}`);
    const { clock } = snapshot;
    return {
      snapshot,
      now: clock.now === undefined ? Date.now() + (clock.ahead ?? 0) : Date.parse(clock.now),
    };
  }
  const { call } = connectToMockGem(url, { token: controlToken });
  try {
    const snapshot = await call('exportWorld', { path: { world } });
    const { now } = await call('getClock', { path: { world } });
    return { snapshot, now: Date.parse(now) };
  } catch (error) {
    const advice = 'GET /_control/worlds names those that there are';
    throw new Error(whyRefused(error, url, world, advice), { cause: error });
  }
}

/**
 * The moment from which the times of a world read best: after all that happened in it, not later than its present, and as
 * round a time as can be after the world's beginning, from which its scenario told them.
 *
 * @param now milliseconds
 */
function momentToTellFrom({ records, recipe }: Snapshot, now: number): string {
  const anchor = Date.parse(recipe.anchor);
  let newest = anchor;
  for (const record of resourceNames.flatMap((name): object[] => records[name])) {
    for (const [field, value] of Object.entries(record)) {
      const time = happenings.has(field) && typeof value === 'string' ? Date.parse(value) : anchor;
      if (time > newest && time <= now) newest = time;
    }
  }
  const moments = ['1 day', '1 hour', '1 minute', '1 second', '1 ms'].map((length) => {
    const step = parseDuration(length);
    return anchor + Math.ceil((newest - anchor) / step) * step;
  });
  return toInstant(moments.find((moment) => moment <= now) ?? now);
}

/** Fields that tell when something happened; others may tell what is planned. */
const happenings = new Set(['created_at', 'updated_at', 'deleted_at', 'last_activity', 'last_activity_at']);
