// Command lines of `mock-gem` that are nearly right.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { root } from '../../support/process.ts';
import { mostly } from '../../support/raw-requests.ts';
import { anyDocument } from './fuzzed-documents.ts';
import { nastyJson } from './nasty-json.ts';

/** A command line, and a file that it may name. */
export interface FuzzedCommand {
  parameters: string[];
  document: string;
}

/** How a command ended. */
export interface Ended {
  parameters: string[];
  output: string;
  wrong?: string;
}

const file = '@document.yaml';

const words = fc.constantFrom(
  'default',
  'large',
  'empty',
  'defalt',
  'first-office',
  file,
  './nowhere.yaml',
  '../..',
  '/',
  '-',
  '--',
);
const assignment = fc
  .tuple(
    mostly(fc.constantFrom('candidates', 'n', 'list_order', 'rate_limit', '__proto__')),
    mostly(fc.constantFrom('1', '5', 'off', '1e9', 'newest_first', '{}')),
  )
  .map(([name, value]) => `${name}=${value}`);

const options: Record<string, fc.Arbitrary<string>> = {
  '--scenario': words,
  '--set': assignment,
  '--seed': fc.string(),
  '--anchor': fc.constantFrom('now', '2026-11-16', '2026-02-30', '0000-01-01', '99999-01-01', ''),
  '--api-key': fc.constantFrom('a'.repeat(40), 'short', ''),
  '--fault': nastyJson(
    fc.constantFrom(
      { fault: 'status', status: 503 },
      { fault: 'latency', milliseconds: 1 },
      { fault: 'stat' },
    ),
  ),
  '--switch': assignment,
  '--variation': fc.constantFrom('7', 'x', 'times=no zone', 'nobody=knows', '='),
  '--freeze': fc.constantFrom('2026-11-16T09:00:00Z', '1', '', 'now'),
  '--activity': fc.constantFrom('0', '600', '1e9', '-1', 'many'),
  '--log': fc.constantFrom('text', 'json', 'xml'),
  '--log-size': fc.constantFrom('0', '10', '1e400', '-1'),
  '--snapshot': fc.constantFrom(file, '/nowhere/world.json', '/dev/null', '.'),
  '--snapshots': fc.constantFrom('/proc', '/proc/x', '/dev/null', '/nowhere/at/all'),
  '--idle-worlds': fc.constantFrom('1 day', '0', '-1 day', 'P1D', '900000 years'),
  '--public-url': fc.constantFrom('https://gem.example', 'gem.example', 'javascript:x'),
  '--cors': fc.constantFrom('*', 'http://localhost:5173', 'localhost', ''),
  '--host': fc.constantFrom('127.0.0.1', '256.1.1.1', 'nowhere.invalid'),
  '--lenient': fc.constant(''),
  '--unknown': fc.constant('x'),
};

const option = fc
  .constantFrom(...Object.keys(options))
  .chain((name) =>
    mostly(options[name] ?? fc.constant('')).map((value) => (name === '--lenient' ? [name] : [name, value])),
  );

const serve = fc
  .array(option, { maxLength: 4 })
  .map((chosen) => [['serve', '--port', '0', '--json'], ...chosen].flat());

const others = fc.oneof(
  fc.tuple(
    fc.constant('scenario'),
    fc.constantFrom('list', 'show', 'check', 'covers', 'new', 'shw'),
    mostly(words),
  ),
  fc.tuple(fc.constant('scenario'), fc.constant('check'), fc.constant(file)),
  fc.tuple(fc.constant('scenario'), fc.constant('show'), fc.constant(file), fc.constant('--set'), assignment),
  fc.tuple(
    fc.constant('health'),
    fc.constantFrom('--port', '--url', '--role'),
    mostly(fc.constantFrom('9', 'http://127.0.0.1:9', 'api')),
  ),
  fc.tuple(
    fc.constant('verify'),
    fc.constantFrom('gem', 'connector', 'nobody'),
    fc.constantFrom('--adapter', '--url', '--rule'),
    mostly(words),
  ),
  fc.tuple(
    fc.constant('dev'),
    fc.constantFrom('--gem-port', '--connector-port', '--set'),
    fc.constantFrom('-1', '65536', 'x', ''),
  ),
  mostly(fc.constantFrom('serv', 'help', '--version', '--help', '-x')).map((word) => [word]),
);

/** Command lines, and files for them. */
export const anyCommand: fc.Arbitrary<FuzzedCommand> = fc.record({
  parameters: fc.oneof(serve, others).map((parameters) => parameters.map((one) => one.replaceAll('\0', '0'))),
  document: anyDocument,
});

/**
 * Runs a command in a folder of its own. One that serves is told to stop as soon as it says that it is ready.
 *
 * @param patience milliseconds that it may take
 */
export function runCommand(
  { parameters, document }: FuzzedCommand,
  folder: string,
  patience: number,
): Promise<Ended> {
  const path = join(folder, 'document.yaml');
  writeFileSync(path, document);
  const given = parameters.map((one) => (one === file ? path : one));
  const child = spawn(process.execPath, [join(root, 'mock-server/mock-gem.js'), ...given], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, told, isLate] = ['', '', false];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (given[0] === 'serve' && /^\{"url":.*\n/m.test(output)) child.kill('SIGTERM');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
  const late = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, patience);
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      clearTimeout(late);
      const wrong = isLate ? 'late' : judge(code, signal, output, told);
      const ended = { parameters: given, output: (output + told).slice(0, 1500) };
      resolve(wrong === undefined ? ended : { ...ended, wrong });
    });
  });
}

function judge(code: number | null, signal: string | null, output: string, told: string): string | undefined {
  if (code === null) return `ended by ${signal}`;
  if (/^\s+at .*:\d+:\d+\)?$|node:internal|\b(Type|Reference|Range|Syntax)Error\b/m.test(output + told))
    return 'a stack trace';
  if (code !== 0 && (output + told).trim() === '') return 'not a word';
  return undefined;
}
