// The options of a command as a table: one row feeds the type, the flag, the default, the environment variable and the help.
import { InvalidArgumentError, Option, type Command } from 'commander';

/** One option. `Value` is what the command is given; undefined is part of it where the option may be left out. */
export interface OptionRow<Value> {
  /** Makes what a command line knows of it, new for each command; or names the environment variable that alone holds it. */
  given: (() => Option | readonly Option[]) | Variable;
  /** The heading that it stands under. */
  group?: string;
  /** Never there: it ties the row to its type. */
  value?: Value;
}

interface Variable {
  variable: string;
  description: string;
  /** The option that names another variable in its place. */
  namedBy?: string | undefined;
}

/** The rows of a command by the names that the options have in code. */
export type OptionsTable = Readonly<Record<string, OptionRow<unknown>>>;

/** What a command with these options is given. */
export type OptionsOf<Table extends OptionsTable> = {
  [Name in keyof Table as undefined extends ValueOf<Table[Name]> ? never : Name]: ValueOf<Table[Name]>;
} & {
  [Name in keyof Table as undefined extends ValueOf<Table[Name]> ? Name : never]?: Exclude<
    ValueOf<Table[Name]>,
    undefined
  >;
};

type ValueOf<Row> = Row extends OptionRow<infer Value> ? Value : never;

/** Makes an option that takes a value, or may take one: `--port <number>`, `--freeze [instant]`. */
export function option(
  flags: string,
  description: string,
  more?: Pick<ReadBy<string>, 'conflicts'>,
): OptionRow<string | undefined>;
export function option(
  flags: string,
  description: string,
  more: ReadBy<string> & { default: string },
): OptionRow<string>;
export function option<Value>(
  flags: string,
  description: string,
  more: ReadBy<Value> & { default: Value; defaultInWords?: string },
): OptionRow<Value>;
export function option<Value>(
  flags: string,
  description: string,
  more: ReadBy<Value>,
): OptionRow<Value | undefined>;
export function option<Value>(
  flags: string,
  description: string,
  more: ReadBy<Value> & { default?: Value; defaultInWords?: string } = {},
): OptionRow<Value | undefined> {
  return {
    given: () => {
      const made = new Option(flags, description);
      if (more.choices) made.choices(more.choices.map(String));
      if (more.conflicts !== undefined) made.conflicts(more.conflicts);
      if (more.read) made.argParser(more.read);
      if ('default' in more) made.default(more.default, more.defaultInWords);
      return made;
    },
  };
}

interface ReadBy<Value> {
  /** @param before what the same option said before, where it is repeated; otherwise its default */
  read?: (text: string, before: Value) => Value;
  choices?: readonly Value[];
  /** The options that cannot be given beside it. */
  conflicts?: string | string[];
}

/** Makes an option that may be given several times. */
export function repeated(flags: string, description: string): OptionRow<string[] | undefined> {
  return option<string[] | undefined>(flags, description, {
    read: (text, before = []) => [...before, text],
  });
}

/** Makes an option that is there or not. */
export function flag(flags: string, description: string): OptionRow<true | undefined> {
  return { given: () => new Option(flags, description) };
}

/** Makes an option that turns off what is on by default: `--no-control`. */
export function turnOff(flags: string, description: string): OptionRow<boolean> {
  return { given: () => new Option(flags, description) };
}

/** Makes an option with a value that a second flag takes away again: `--source <name>`, `--no-source`. */
export function removable(
  flags: string,
  description: string,
  removal: { flags: string; description: string },
): OptionRow<string | false | undefined> {
  return { given: () => [new Option(flags, description), new Option(removal.flags, removal.description)] };
}

/** Makes an option that may stand alone: `--relink [id]`. */
export function optionOrFlag(flags: string, description: string): OptionRow<string | true | undefined> {
  return { given: () => new Option(flags, description) };
}

/**
 * Makes an option that only the environment tells, as it is right for secrets: a command line is seen by others.
 *
 * @param namedBy the option that names another variable in its place
 */
export function environment(
  variable: string,
  description: string,
  namedBy?: string,
): OptionRow<string | undefined> {
  return { given: { variable, description, namedBy } };
}

/** Puts rows under a heading. */
export function group<Table extends OptionsTable>(heading: string, table: Table): Table {
  const rows = Object.entries(table).map(([name, row]) => [name, { ...row, group: heading }]);
  // They are the same rows, with a heading.
  return Object.fromEntries(rows) as Table;
}

/**
 * Adds the options of a table to a command; variables of the environment are listed at the end of its help.
 *
 * @param env where the variables are read from
 */
export function addOptions(
  command: Command,
  table: OptionsTable,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Command {
  let heading: string | undefined;
  const variables: (Variable & { name: string })[] = [];
  for (const [name, { given, group: own }] of Object.entries(table)) {
    if (typeof given !== 'function') {
      variables.push({ name, ...given });
      continue;
    }
    if (own !== undefined && own !== heading) command.optionsGroup(own);
    heading = own;
    for (const made of [given()].flat()) {
      if (made.attributeName() !== name) throw new Error(`${made.flags} cannot be called ${name}`);
      command.addOption(made);
    }
  }
  if (variables.length === 0) return command;
  const width = Math.max(...variables.map(({ variable }) => variable.length));
  const lines = variables.map(({ variable, description }) =>
    `  ${variable.padEnd(width)}  ${wrap(description, helpWidth - width - 4)}`.replaceAll(
      '\n',
      `\n${' '.repeat(width + 4)}`,
    ),
  );
  return command
    .addHelpText('after', `\nEnvironment:\n${lines.join('\n')}`)
    .hook('preAction', (_this, action) => {
      for (const { name, variable, namedBy } of variables) {
        const value = env[namedBy === undefined ? variable : String(action.getOptionValue(namedBy))];
        if (value) action.setOptionValueWithSource(name, value, 'env');
      }
    });
}

const helpWidth = 120;

/** Breaks a text between words into lines of at most so many characters. */
function wrap(text: string, width: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = lines.at(-1) === '' ? word : `${lines.at(-1)} ${word}`;
    if (longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join('\n');
}

/** Reads a port. @throws InvalidArgumentError, which the command line shows as one line */
export function readPort(text: string): number {
  const port = Number(text);
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('A port is a whole number from 0 (any free port) to 65535.');
  }
  return port;
}
