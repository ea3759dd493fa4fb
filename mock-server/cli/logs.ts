import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { stopSignals } from '../../contracts/stop.ts';
import { connectToMockGem, type MockGemControl } from '../control/client.ts';
import type { RecordedRequest } from '../requests/request.ts';
import { readWhole } from './arguments.ts';
import { addOptions, flag, option, type OptionsOf } from '../../contracts/server/options.ts';
import { requestLine } from './request-lines.ts';
import { emulatorOptions, whyRefused } from './running-emulator.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { summaries } from './summaries.ts';

const logsOptions = {
  follow: flag('--follow', 'go on with what comes, until Ctrl-C'),
  world: option('--world <name>', 'only this world: its id, its key, or `default`; otherwise all'),
  grep: option('--grep <text>', 'only lines that hold this text, in whatever case'),
  lines: option('--lines <number>', 'how many of those before are shown', { read: readWhole, default: 20 }),
  json: flag('--json', 'a line of JSON for each request, with bodies and answers'),
  ...emulatorOptions,
};

type LogsOptions = OptionsOf<typeof logsOptions>;

/** Adds `mock-gem logs`: what an emulator that runs was asked, and what became of it. */
export function addLogsCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program.command('logs').description(summaries.logs.purpose);
  addOptions(command, logsOptions, terminal.env)
    .addHelpText('after', help)
    .action((options: LogsOptions) => showLogs(options, terminal));
}

const help = `
Each line tells the time of the world, the status, what was asked, the faults that took part by their kind, and why a
request was refused.

Examples:
  mock-gem logs --follow
  mock-gem logs --follow --grep " 422 "              what Gem would refuse, and why
  mock-gem logs --world default --lines 1000 --json`;

async function showLogs(options: LogsOptions, { stdout, stderr, signals, end }: Terminal): Promise<void> {
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  for (const name of stopSignals) signals.on(name, stop);
  const gem = connectToMockGem(options.url, { token: options.controlToken });
  const wanted = options.grep?.toLowerCase();
  const tail = new Tail(gem, options.world);
  const show = (entries: readonly Entry[]) => {
    for (const { request, world } of entries) stdout.write(`${lineOf(request, world, options)}\n`);
  };
  const pick = (entries: readonly Entry[]) =>
    wanted === undefined
      ? entries
      : entries.filter(({ request, world }) =>
          lineOf(request, world, options).toLowerCase().includes(wanted),
        );
  try {
    const before = pick(await tail.next());
    show(options.lines === 0 ? [] : before.slice(-options.lines));
    while (options.follow && !stopped.signal.aborted) {
      await setTimeout(pause, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (!stopped.signal.aborted) show(pick(await tail.next()));
    }
    end(0, false);
  } catch (error) {
    const { url, world } = options;
    stderr.write(`mock-gem: ${whyRefused(error, url, world, 'without --world all are shown')}\n`);
    end(1, false);
  } finally {
    for (const name of stopSignals) signals.off(name, stop);
  }
}

/** Milliseconds between two looks. */
const pause = 400;

/** A request, and the id of the world that it was for. */
interface Entry {
  request: RecordedRequest;
  world: string | undefined;
}

/** Reads what has come to the logs since it last looked. Worlds that nothing was asked of are left alone. */
class Tail {
  readonly #gem: MockGemControl;
  readonly #world: string | undefined;
  /** The number of the last request that was read, by world; the empty name stands for unknown keys. */
  readonly #read = new Map<string, number>();

  constructor(gem: MockGemControl, world: string | undefined) {
    this.#gem = gem;
    this.#world = world;
  }

  /** @throws ControlRefused, or TypeError when no server answers */
  async next(): Promise<Entry[]> {
    const { call } = this.#gem;
    const worlds =
      this.#world === undefined
        ? (await call('listWorlds')).worlds
        : [await call('getWorld', { path: { world: this.#world } })];
    const found: Entry[] = [];
    for (const { id, requests: count } of worlds) {
      const after = this.#after(id, count);
      if (count === after) continue;
      const { requests } = await call('listRequests', { path: { world: id }, query: { after } });
      found.push(...this.#note(id, requests, id));
    }
    if (this.#world === undefined) {
      const list = await call('listUnknownKeyRequests', { query: { after: this.#read.get('') ?? 0 } });
      const isNew = list.count < (this.#read.get('') ?? 0);
      const { requests } = isNew ? await call('listUnknownKeyRequests') : list;
      if (isNew) this.#read.delete('');
      found.push(...this.#note('', requests, undefined));
    }
    return found.toSorted((one, other) => Date.parse(one.request.at) - Date.parse(other.request.at));
  }

  /** A log that began anew counts from 1 again. */
  #after(name: string, count: number): number {
    const read = this.#read.get(name) ?? 0;
    return count < read ? 0 : read;
  }

  #note(name: string, requests: readonly RecordedRequest[], world: string | undefined): Entry[] {
    const last = requests.at(-1)?.number;
    if (last !== undefined) this.#read.set(name, last);
    return requests.map((request) => ({ request, world }));
  }
}

function lineOf(request: RecordedRequest, world: string | undefined, { json }: LogsOptions): string {
  return json ? JSON.stringify({ world: world ?? null, ...request }) : requestLine(request, world);
}
