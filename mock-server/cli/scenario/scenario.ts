import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import {
  defaultAnchor,
  InvalidScenario,
  loadScenario,
  readSettings,
  scenarios,
  scenarioSchema,
  scenarioSkeleton,
} from '../../../seeds/index.ts';
import { checkScenario } from '../../worlds/check-scenario.ts';
import { readInstant } from '../arguments.ts';
import { addOptions, flag, option, repeated, type OptionsOf } from '../../../contracts/server/options.ts';
import { addFromWorld } from './from-world.ts';
import { describeScenario, findScenarios, listScenarios, scenarioText, toJson } from './texts.ts';
import { writeScenarioFile } from './write-scenario-file.ts';
import { summaries } from '../summaries.ts';

/** Where a command speaks. */
export interface Speaker {
  say: (text: string) => void;
  /** Says what is wrong; the program will end with 1. */
  complain: (text: string) => void;
  /** Says what is doubtful. */
  warn: (text: string) => void;
}

/** Adds `mock-gem scenario`: what scenarios there are, and help with writing more. */
export function addScenarioCommand(program: Command, speaker: Speaker = standardStreams): void {
  const { say, complain, warn } = speaker;
  const scenario = program
    .command('scenario')
    .description(summaries.scenario.purpose)
    .addHelpText('after', help);

  /** Says of an error what went wrong, without where in our code. */
  const reporting =
    <Args extends unknown[]>(action: (...args: Args) => void | Promise<void>) =>
    async (...args: Args): Promise<void> => {
      try {
        await action(...args);
      } catch (error) {
        complain(reasonOf(error));
      }
    };

  const list = scenario
    .command('list')
    .description('name every scenario and say what it is for')
    .argument('[word]', 'only those that have it in their name, purpose, rules or group');
  addOptions(list, listOptions).action(
    reporting((word: string | undefined, options: OptionsOf<typeof listOptions>) =>
      say(options.json ? jsonText(findScenarios(word).map(summary)) : listScenarios(word)),
    ),
  );

  const show = scenario
    .command('show')
    .description('say who and what a scenario holds, with labels, parameters and timeline')
    .argument('<name>', 'a name from the list, or the path of a file');
  addOptions(show, showOptions).action(
    reporting(async (name: string, options: ShowOptions) => {
      const found = await loadScenario(name);
      const { seed, anchor } = options;
      const built = found.build({ seed, anchor, parameters: readSettings(options.set ?? []) });
      if (options.json) say(jsonText(toJson(found, built)));
      else if (options.yaml) say(scenarioText(found, built));
      else say(describeScenario(found, built, options.all ? Infinity : defaultRows));
    }),
  );

  scenario
    .command('check')
    .description(
      'try scenarios out, timeline and all, and say what is wrong with them, with file, line and column',
    )
    .argument('<files...>', 'paths of files, or names from the list')
    .action(
      reporting(async (files: string[]) => {
        for (const file of files) {
          await reporting(async () => {
            const { problems, warnings } = checkScenario(await loadScenario(file));
            for (const problem of problems) complain(problem);
            for (const warning of warnings) warn(`warning: ${warning}`);
            if (problems.length === 0) say(`${file}: ok${warnings.length > 0 ? ', but see above' : ''}\n`);
          })();
        }
      }),
    );

  scenario
    .command('new')
    .description('write a first file for a scenario, with a comment on each part')
    .argument('<name>', 'what it is called: small letters, digits and hyphens')
    .argument('[file]', 'where to; <name>.yaml unless told')
    .action(reporting((name: string, file: string = `${name}.yaml`) => say(writeSkeleton(name, file))));

  addFromWorld(scenario, { say, warn, reporting });
}

const listOptions = { json: flag('--json', 'as JSON') };

const showOptions = {
  seed: option('--seed <text>', 'names, ids and choices follow from it', { default: 'mock-gem' }),
  anchor: option('--anchor <instant>', 'what the scenario calls now', {
    read: readInstant,
    default: defaultAnchor,
  }),
  set: repeated('--set <key=value>', 'a value for a parameter; may be repeated'),
  all: flag('--all', 'every record; otherwise the first of each kind'),
  yaml: flag('--yaml', 'as a file to copy and to change'),
  json: flag('--json', 'as JSON'),
};

type ShowOptions = OptionsOf<typeof showOptions>;

/** Records of each resource that are shown. */
const defaultRows = 12;

const help = `
A scenario is a YAML file: records with labels, parameters, and a timeline of what recruiters do as the clock
goes on. It may extend another one. A wrong file is refused with file, line, reason and the nearest right word.

Examples:
  mock-gem scenario list                                what there is, and what for
  mock-gem scenario list offer                          what there is about offers
  mock-gem scenario show many-applications --set jobs=5
  mock-gem scenario show hired --yaml > my-hire.yaml    a copy to begin with
  mock-gem scenario new my-case                         writes my-case.yaml
  mock-gem scenario check my-case.yaml                  says ok, or what is wrong where
  mock-gem scenario from-world my-case.yaml             the world of an emulator that runs, as a file
  mock-gem serve --scenario ./my-case.yaml`;

const standardStreams: Speaker = {
  say: (text) => void process.stdout.write(text),
  complain: (text) => {
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  },
  warn: (text) => void process.stderr.write(`${text}\n`),
};

function reasonOf(error: unknown): string {
  if (error instanceof InvalidScenario) return error.message;
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  return `mock-gem: ${line}`;
}

function summary({ name, purpose, rules }: (typeof scenarios)[number]): object {
  return { name, purpose, rules };
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function writeSkeleton(name: string, file: string): string {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
    throw new Error(`a scenario is called by small letters, digits and hyphens, not "${name}"`);
  }
  if (scenarios.some((scenario) => scenario.name === name))
    throw new Error(`there is a scenario "${name}" already`);
  const path = relative(dirname(resolve(file)), fileURLToPath(scenarioSchema));
  // No path leads from one drive to another.
  const schema = isAbsolute(path) ? scenarioSchema.href : path.split(sep).join('/');
  return writeScenarioFile(file, scenarioSkeleton(name, schema));
}
