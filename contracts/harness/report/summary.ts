import type { Entry, Report } from '../../report.ts';

export type State = Entry['state'];

/** Each state as a sign, and as a word where signs cannot be used. */
export const states: Readonly<Record<State, { sign: string; word: string }>> = {
  held: { sign: '✓', word: 'held' },
  broken: { sign: '✗', word: 'broken' },
  'not observed': { sign: '–', word: 'not observed' },
};

/** Headings of the parts of an example. */
export const headings = {
  example: 'The smallest world that breaks it',
  actions: 'What was asked for there',
  replay: 'To see it again',
  call: 'To ask for it yourself',
} as const;

/** How many entries are in each state. */
export function countStates({ entries }: Pick<Report, 'entries'>): Record<State, number> {
  const counts: Record<State, number> = { held: 0, broken: 0, 'not observed': 0 };
  for (const { state } of entries) counts[state] += 1;
  return counts;
}

/** `12 held, 1 broken, 2 not observed`: every state that occurs, and always the number that held. */
export function describeCounts(report: Pick<Report, 'entries'>): string {
  const counts = countStates(report);
  return stateNames
    .filter((state) => state === 'held' || counts[state] > 0)
    .map((state) => `${counts[state]} ${states[state].word}`)
    .join(', ');
}

/** `1,204 compared`: how much was looked at, where that was counted. */
export function describeCompared({ compared }: Pick<Entry, 'compared'>): string | undefined {
  return compared === undefined || compared === 0 ? undefined : `${compared.toLocaleString('en')} compared`;
}

/** The entries by group, both in the order in which they came. */
export function groupsOf({ entries }: Pick<Report, 'entries'>): [group: string, entries: Entry[]][] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.group);
    if (group) group.push(entry);
    else groups.set(entry.group, [entry]);
  }
  return [...groups];
}

/** `850 ms`, `4.2 s`, `3 min 20 s`. */
export function describeDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** The class name of a state. */
export function classOf(state: State): string {
  return state.replaceAll(' ', '-');
}

// The table has just these keys.
export const stateNames = Object.keys(states) as State[];
