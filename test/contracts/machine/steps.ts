// What can go wrong with a value: each step makes a wrong value of a right one.

/** A value in its place among all values of its field. */
export interface Place {
  value: unknown;
  /** The values of the same field, in the order of the list. */
  all: readonly unknown[];
  index: number;
  /** What the field may hold. */
  types: readonly string[];
  words: readonly string[];
}

/** One mistake. It gives the value back as it is where there is nothing to get wrong. */
export type Step = (place: Place) => unknown;

/** Stands for a key that is left out. */
export const absent = Symbol('absent');

const ofTexts =
  (change: (text: string) => string): Step =>
  ({ value }) =>
    typeof value === 'string' && !isMoment(value) ? change(value) : value;
const ofMoments =
  (change: (text: string) => string): Step =>
  ({ value }) =>
    typeof value === 'string' && isMoment(value) ? change(value) : value;
const ofLists =
  (change: (list: readonly unknown[]) => readonly unknown[]): Step =>
  ({ value }) =>
    Array.isArray(value) ? change(value) : value;

/** Every mistake, by its name. */
export const steps: Readonly<Record<string, Step>> = {
  null: () => null,
  'left out': () => absent,
  "a neighbour's": ({ value, all, index }) =>
    [...all.slice(index + 1), ...all.slice(0, index)].find(
      (other) => JSON.stringify(other) !== JSON.stringify(value),
    ) ?? value,
  filled: ({ value, types, words }) => (value === null ? (madeUp(types, words) ?? null) : value),
  'in small letters': ofTexts((text) => text.toLowerCase()),
  'in capitals': ofTexts((text) => text.toUpperCase()),
  trimmed: ofTexts((text) => text.trim()),
  'first letter lost': ofTexts((text) => text.slice(1)),
  'last letter lost': ofTexts((text) => text.slice(0, -1)),
  'only ASCII': ofTexts((text) => text.replaceAll(/[^ -~]/g, '')),
  'another word': ({ value, words }) =>
    words.includes(String(value)) ? words.find((word) => word !== value) : value,
  'a second later': ofMoments((text) => new Date(Date.parse(text) + 1000).toISOString()),
  'a day earlier': ofMoments((text) => new Date(Date.parse(text) - 86_400_000).toISOString()),
  'milliseconds lost': ofMoments((text) => text.replace(/\.\d+/, '.000')),
  'off by one': ({ value }) => (typeof value === 'number' ? value + 1 : value),
  'the opposite': ({ value }) => (typeof value === 'boolean' ? !value : value),
  'no entries': ofLists(() => []),
  'first entry only': ofLists((list) => list.slice(0, 1)),
  'last entry only': ofLists((list) => list.slice(-1)),
  'last entry lost': ofLists((list) => list.slice(0, -1)),
  'first entry twice': ofLists((list) => [...list.slice(0, 1), ...list]),
  'entries the other way round': ofLists((list) => list.toReversed()),
  'entries of a neighbour too': ({ value, all, index }) => {
    const others = [...all.slice(index + 1), ...all.slice(0, index)];
    const other = others.find((one) => Array.isArray(one) && one.length > 0);
    return Array.isArray(value) && Array.isArray(other) ? [...value, ...other] : value;
  },
};

/** A value where the right one is null, in a form that the field allows. */
function madeUp(types: readonly string[], words: readonly string[]): unknown {
  if (words.length > 0) return words[0];
  const examples = { string: 'made up', number: 7, integer: 7, boolean: true, array: [], object: {} };
  const type = types.find((one): one is keyof typeof examples => one in examples);
  return type && examples[type];
}

function isMoment(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text);
}
