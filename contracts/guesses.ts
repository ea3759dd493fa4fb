// What nothing proves, and the other forms that the facts leave open: read from the descriptions, drawn by a seed.
import { createHash } from 'node:crypto';
import type { Choice } from './choices.ts';
import type { Description, Evidence } from './description.ts';

/** Something that nothing proves. */
export interface Guess {
  /** `Application.rejected_at`, `createNote.answer`, `listSources`, `times`, or the name of a switch. */
  name: string;
  /** What it is about. */
  kind: 'field' | 'answer' | 'operation' | 'header' | 'everywhere' | 'switch';
  evidence: Evidence;
  /** The form that it takes where nothing varies. */
  defaultForm: Form;
  /** The other forms that the facts leave open. */
  alternatives: readonly Form[];
  /** Why there are none. */
  reason?: string;
}

/** A form of a guess: a word of `formMeanings`, or one of a switch's own values. */
export type Form = string | number;

/** How a world varies: not at all, as a seed draws it, or in the guesses that are named. */
export type Variation = string | number | Readonly<Record<string, Form>>;

/** The guesses that take another form than the default one. */
export type Forms = ReadonlyMap<string, Form>;

/** What each form is, for people. */
export const formMeanings = {
  missing: 'a field or a header is never sent; a call is answered with 404',
  null: 'the value is null, whatever it is',
  'missing when unset': 'the field is left out where it would be null',
  'null when unset': 'the field is null where it would be left out',
  'empty text when unset': 'the field is an empty text where it would be null',
  'another word': 'the value is a word that is not described',
  'not repeated': 'the field is left out; its records are told elsewhere',
  'status 200': 'it is answered with this status',
  'status 201': 'it is answered with this status',
  'no content': 'it is answered with 204 and without a body',
  empty: 'the body has no bytes',
  'empty object': 'the body is `{}`',
  'id alone': 'the body holds nothing but the `id`',
  'total alone': 'the header holds nothing but the total',
  'nothing at the end': 'the total is 0 on the last page',
  'counts the page': 'the total is the number of records on the page',
  'counts what remains': 'the total is the number of records from this page on',
  'no fraction when whole': 'whole seconds have no fraction',
  microseconds: 'six digits of a second',
  offset: '`+00:00` in place of `Z`',
  'no zone': 'nothing in place of `Z`',
  sent: 'they are sent',
} as const satisfies Record<string, string>;

const asDescribed = 'as described';

/**
 * Lists every guess of Gem's description and of a world's switches.
 *
 * @throws Error when a form is none that is known, or a name stands twice
 */
export function readGuesses(gem: Description, choices: readonly Choice[]): Guess[] {
  const guesses = [...nodesOf(gem)]
    .map(({ name, kind, node }) => toGuess(name, kind, node))
    .concat(choices.map(toSwitchGuess))
    .filter((guess) => guess !== undefined);
  const names = new Set(guesses.map(({ name }) => name));
  if (names.size < guesses.length) throw new Error('two guesses have one name');
  return guesses;
}

/** A place of the description that may say how well it is known. */
export interface Place {
  name: string;
  kind: Exclude<Guess['kind'], 'switch'>;
  node: Node | undefined;
}

/** Every place of what Gem answers: what is asked of it is not varied. */
export function* nodesOf({ document, operations }: Description): Generator<Place> {
  // The document is ours; where nodes are used as what they are not, the check of all guesses fails.
  const root = document as Root;
  const { headers, schemas } = root.components;
  for (const [name, node] of Object.entries(root['x-guesses'])) yield { name, kind: 'everywhere', node };
  for (const [name, node] of Object.entries(headers)) yield { name, kind: 'header', node };
  for (const { id, path, method } of operations.values()) {
    const node = root.paths[path]?.[method];
    yield { name: id, kind: 'operation', node };
    for (const [status, answer] of Object.entries(node?.responses ?? {})) {
      if (status.startsWith('2')) yield { name: `${id}.answer`, kind: 'answer', node: answer };
    }
  }
  for (const [name, schema] of Object.entries(schemas)) {
    yield { name, kind: 'field', node: schema };
    for (const [field, node] of Object.entries(schema.properties ?? {})) {
      yield { name: `${name}.${field}`, kind: 'field', node };
    }
  }
}

function toGuess(name: string, kind: Guess['kind'], node: Node | undefined): Guess | undefined {
  const evidence = node?.['x-evidence'];
  if (!evidence || !node['x-alternatives']) return undefined;
  const alternatives = node['x-alternatives'].map(String);
  const wrong = alternatives.find((form) => !Object.hasOwn(formMeanings, form));
  if (wrong !== undefined) throw new Error(`${name} has a form that is not known: ${wrong}`);
  return { name, kind, evidence, defaultForm: asDescribed, alternatives, ...reasonOf(node) };
}

function toSwitchGuess({ name, evidence, default: byDefault, values, reason }: Choice): Guess | undefined {
  const isOpen = evidence.grade === 'assumed' || evidence.grade === 'lineage';
  if (!isOpen) return undefined;
  const alternatives = reason === undefined ? values.filter((value) => value !== byDefault) : [];
  const form = typeof byDefault === 'number' ? byDefault : String(byDefault);
  return {
    name,
    kind: 'switch',
    evidence,
    defaultForm: form,
    alternatives,
    ...(reason !== undefined && { reason }),
  };
}

function reasonOf({ 'x-no-alternatives': reason }: Node): { reason?: string } {
  return reason === undefined ? {} : { reason };
}

/**
 * The forms that a world takes which varies so: those that are not the default ones.
 *
 * A seed chooses each guess's form by itself. Four seeds in a row that begin with a multiple of four take, between them,
 * every form of a guess that has no more than four: what a few worlds are to show, they show.
 *
 * @throws Error in one line when a guess that is named does not exist or does not have that form
 */
export function drawForms(guesses: readonly Guess[], variation: Variation): Map<string, Form> {
  if (variation === 'off') return new Map();
  if (typeof variation === 'object') return namedForms(guesses, variation);
  const number = typeof variation === 'number' ? variation : hash(variation);
  const block = Math.floor(number / 4);
  const drawn = new Map<string, Form>();
  for (const { name, defaultForm, alternatives } of guesses) {
    const forms = [defaultForm, ...alternatives];
    const form = forms[(hash(`${name} ${block}`) + (number % 4)) % forms.length];
    if (form !== undefined && form !== defaultForm) drawn.set(name, form);
  }
  return drawn;
}

function namedForms(guesses: readonly Guess[], named: Readonly<Record<string, Form>>): Map<string, Form> {
  const forms = new Map<string, Form>();
  for (const [name, form] of Object.entries(named)) {
    const guess = guesses.find((one) => one.name === name);
    if (!guess) throw new Error(`no guess is called "${name}"`);
    const known = [guess.defaultForm, ...guess.alternatives];
    const found = known.find((one) => String(one) === String(form));
    if (found === undefined) throw new Error(`${name} may be ${known.join(', ')}, not "${form}"`);
    if (found !== guess.defaultForm) forms.set(name, found);
  }
  return forms;
}

function hash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE();
}

interface Node {
  'x-evidence'?: Evidence;
  /** YAML reads the word null as null. */
  'x-alternatives'?: (string | null)[];
  'x-no-alternatives'?: string;
  responses?: Record<string, Node>;
  properties?: Record<string, Node>;
}

interface Root {
  'x-guesses': Record<string, Node>;
  paths: Record<string, Record<string, Node>>;
  components: { headers: Record<string, Node>; schemas: Record<string, Node> };
}
