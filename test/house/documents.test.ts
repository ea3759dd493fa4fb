// What the documents say can be done: whether it could be typed so at all. Whether it works, a newcomer tries.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { createCommand } from '../../connector/cli/options.ts';
import { addCaptureCommand } from '../../mock-server/cli/capture/capture.ts';
import { addDevCommand } from '../../mock-server/cli/dev/dev.ts';
import { addExplainCommand } from '../../mock-server/cli/explain/explain.ts';
import { addHealthCommand } from '../../mock-server/cli/health.ts';
import { addScenarioCommand } from '../../mock-server/cli/scenario/scenario.ts';
import { summaries, type Summary } from '../../mock-server/cli/summaries.ts';
import { addLogsCommand } from '../../mock-server/cli/logs.ts';
import { addServeCommand } from '../../mock-server/cli/serve/serve.ts';
import { addVerifyCommand } from '../../mock-server/cli/verify/verify.ts';
import { addWatchCommand } from '../../mock-server/cli/watch/watch.ts';
import { SteeredWorld } from '../../mock-server/control/steered-world.ts';
import { documents, stepsOf } from '../support/documents.ts';
import { root } from '../support/process.ts';

const program = new Command('mock-gem');
const parts = [
  addDevCommand,
  addServeCommand,
  addLogsCommand,
  addExplainCommand,
  addScenarioCommand,
  addVerifyCommand,
  addWatchCommand,
  (own: Command) => addCaptureCommand(own),
  addHealthCommand,
];
for (const add of parts) add(program);
program.addCommand(createCommand().name('connector'));

describe.each(documents)('%s', (path) => {
  const text = readFileSync(join(root, path), 'utf8');

  test('names only commands and options that there are', () => {
    const commands = stepsOf(path).flatMap((step) => (step.is === 'commands' ? [step.text] : []));
    const typed = [...commands.join('\n').matchAll(/\bnpx mock-gem ((?:[^\n&|#']|'[^']*')*)/g)];
    expect(typed.flatMap(([, words = '']) => unknownIn(words))).toEqual([]);
  });

  test('leads every link to a file that there is, in the package too', () => {
    const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] };
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      const found = join(dirname(path), target);
      expect(existsSync(join(root, found)), found).toBe(true);
      const isPacked = files.some(
        (one) => found.startsWith(one) || (one.includes('*') && found.endsWith(one.split('*')[1] ?? '')),
      );
      expect(isPacked || ['LICENSE', 'README.md'].includes(found), `${found} is not packed`).toBe(true);
    }
  });
});

test.each(commandsIn(program).map((command) => [command.name(), command] as const))(
  'the help of %s names only commands and options that there are',
  (_name, command) => {
    let help = '';
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    const [, examples = ''] = help.split(/^Examples?:$/m);
    const typed = [...examples.matchAll(/\bmock-gem ((?:[^\s&]| (?! ))+)/g)];
    expect(typed.flatMap(([, words = '']) => unknownIn(words))).toEqual([]);
  },
);

test('the list of all commands, which loads none of them, says what each takes', () => {
  const listed = Object.entries<Summary>(summaries).map(([name, { takes }]) => `${name} ${takes}`.trim());
  const help = program.createHelp();
  // The connector is a program of its own.
  const commands = program.commands.filter((command) => command.name() !== 'connector');
  expect(listed.sort()).toEqual(commands.map((command) => help.subcommandTerm(command)).sort());
});

function commandsIn(command: Command): Command[] {
  return [command, ...command.commands.flatMap(commandsIn)];
}

test('the testing guide tells of all that a world can do', () => {
  const guide = readFileSync(join(root, 'contracts/guides/testing.md'), 'utf8');
  const [, reference = ''] = guide.split('## What a world can do');
  const world = new SteeredWorld(() => Promise.reject(new Error('it is not called')), {
    key: '',
    id: '',
    url: '',
  });
  const own = Object.entries(world);
  const methods = Object.getOwnPropertyNames(SteeredWorld.prototype).filter((name) => name !== 'constructor');
  for (const name of [...own.map(([key]) => key), ...methods]) expect(reference).toContain(`world.${name}`);
  for (const [name, value] of own) {
    if (typeof value !== 'object') continue;
    for (const verb of Object.keys(value as object))
      expect(reference).toMatch(new RegExp(`world\\.${name}\\b[^|]*\\b${verb}\\(`));
  }
});

/** What is no command and no option among the words after `mock-gem`. */
function unknownIn(words: string): string[] {
  const [own = ''] = words.split(' -- ');
  let command: Command = program;
  for (const word of own.split(/\s+/)) {
    const next = command.commands.find((one) => one.name() === word);
    if (!next) break;
    command = next;
  }
  if (command === program) return [words];
  const options = [...own.replaceAll(/'[^']*'/g, '').matchAll(/(?<=\s)--[a-z-]+/g)].map(([option]) => option);
  return options.filter((option) => !command.options.some(({ long }) => long === option));
}
