/** What a command is for, and what it takes, as `mock-gem --help` says it. */
export interface Summary {
  /** As the help shows it behind the name. */
  takes: string;
  purpose: string;
}

/** All commands in the order of the help; apart from them, because to load one takes ten times as long as the help. */
export const summaries = {
  dev: {
    takes: '[options]',
    purpose: 'run emulator and connector together, connect them and run the first sync',
  },
  serve: { takes: '[options]', purpose: "run the emulator of Gem's APIs" },
  scenario: { takes: '', purpose: 'list, show, check and write scenarios, from which worlds start' },
  logs: {
    takes: '[options]',
    purpose: 'show what a running emulator was asked; --follow goes on as requests come',
  },
  explain: {
    takes: '[options] <model> <id>',
    purpose:
      'show how a record of the unified API was made: of which values of Gem, by which rules, and why a field is empty',
  },
  verify: {
    takes: '',
    purpose: 'verify a connector by the rules, or a server by the description of Gem',
  },
  watch: {
    takes: '[options]',
    purpose: 'stand between a connector and Gem, and tell where either departs from the description',
  },
  capture: {
    takes: '[options]',
    purpose:
      'make a local, pseudonymised copy of a Gem account, and tell where Gem departs from its description',
  },
  health: {
    takes: '[options] [command...]',
    purpose: 'ask the servers of this container or machine whether they answer; ends with 0 or 1',
  },
} as const satisfies Readonly<Record<string, Summary>>;
