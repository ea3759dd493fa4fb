import { isPseudonymKind, type PseudonymKind } from '../../contracts/capture-policy.ts';
import { carrierOf, isOwnName, mapRecord, type Leaf, type WireSchema } from './fields.ts';
import { createKeys, numberFrom, type Keys } from './keys.ts';
import { createContacts } from './stand-ins/contacts.ts';
import { fileStandIn } from './stand-ins/files.ts';
import { createIdentifiers } from './stand-ins/identifiers.ts';
import { createNames } from './stand-ins/names.ts';
import { createTexts } from './stand-ins/texts.ts';
import { createShift } from './stand-ins/times.ts';
import { CustomValues } from './custom-values.ts';
import { Values, type Decisions, type ObservedValue } from './values.ts';

/** What a pseudonymiser has seen, for the owner of the account. */
export interface Observed {
  values: Iterable<ObservedValue>;
  /** Fields that the description does not know, with how often they came. */
  unknown: { place: string; count: number }[];
}

/**
 * Turns what Gem sends into stand-ins. Nearly all of them are functions of the salt and the original, so that nothing has to be
 * remembered for people to stay the same: not a table of candidates, but the counts of values and the kinds of custom fields.
 */
export interface Pseudonymiser {
  /** The stand-in of a record. Fields that the description does not know are left out. */
  record(schema: WireSchema, original: unknown): unknown;
  /** A small file of the kind that its name tells. @param filename may be a stand-in already */
  file(filename: string): { content_type: string; content: Buffer };
  id(text: string): string;
  link(text: string): string;
  /** When all is read: the same, with the values that may be seen in place of their stand-ins. */
  settle<Value>(value: Value): Value;
  observed(): Observed;
  /** What is new since the last time, sealed; undefined where that is nothing. */
  changes(): Uint8Array | undefined;
  /** Takes in what `changes` gave, each part in its order. @throws Error where another salt has sealed it */
  restore(changes: Uint8Array): void;
  /** Tells a gate which words may stand in the output, and which values must not. */
  closeInto(gate: { allow(text: string): void; forbid(text: string): void }): void;
}

/**
 * Makes a pseudonymiser.
 *
 * @param options.isName whether a word is the name of somebody who was read before: tells who is mentioned in a text, and which
 *   values hold a name
 */
export function createPseudonymiser(options: {
  salt: Uint8Array | string;
  decisions?: Decisions;
  isName?: (word: string) => boolean;
}): Pseudonymiser {
  const { salt, decisions = {}, isName = () => false } = options;
  const keys = createKeys(salt);
  const names = createNames(keys);
  const identifiers = createIdentifiers(keys);
  const contacts = createContacts(keys, names, identifiers);
  const text = createTexts(keys, names, contacts, isName);
  const shift = createShift(keys);
  const values = new Values(keys, names, decisions, isName);
  const customValues = new CustomValues(keys);
  const unknown = new Map<string, number>();

  const pseudonyms: Record<Exclude<PseudonymKind, 'custom'>, (text: string) => string> = {
    ...contacts,
    name: (original) => names.name(original),
    id: (original) => identifiers.id(original),
    amount: (original) => (/\p{L}/u.test(original) ? text(original) : otherAmount(keys, original)),
  };

  const change = (leaf: Leaf, schema: WireSchema, carrier: string | undefined): unknown => {
    const { policy, value } = leaf;
    const { action, kind } = policy;
    if (action === 'shift') return shift(value);
    if (action === 'file') return undefined;
    if (action === 'pseudonym' && kind === 'custom') {
      return customValues.standIn(leaf, {
        text,
        shift,
        amount: (number) => asNumber(otherAmount(keys, String(number))),
        value: (name, original) => values.standIn(name, original, carrier),
      });
    }
    if (typeof value === 'object' || value === undefined) return undefined;
    if (action === 'keep') {
      if (typeof value !== 'string' || policy.words?.includes(value)) return value;
      // A word that Gem has added since is a value like any other.
      return values.standIn(kind ?? 'word', value, isOwnName(schema, leaf) ? undefined : carrier);
    }
    if (action === 'text') return typeof value === 'string' ? text(value) : undefined;
    if (!isPseudonymKind(kind) || kind === 'custom' || typeof value === 'boolean') return undefined;
    const other = pseudonyms[kind](String(value));
    return typeof value === 'number' ? asNumber(other) : other;
  };

  return {
    record(schema, original) {
      customValues.learn(schema, original);
      const carrier = carrierOf(schema, original);
      return mapRecord(
        schema,
        original,
        (leaf) => change(leaf, schema, carrier),
        (place) => unknown.set(place, (unknown.get(place) ?? 0) + 1),
      );
    },
    file: fileStandIn,
    id: pseudonyms.id,
    link: contacts.link,
    settle: (value) => values.settle(value),
    observed: () => ({
      values: values.observed(),
      unknown: [...unknown].map(([place, count]) => ({ place, count })),
    }),
    changes() {
      const [counted, kinds] = [values.changes(), customValues.changes()];
      if (counted.length === 0 && kinds.length === 0) return undefined;
      return keys.seal(Buffer.from(JSON.stringify({ counted, kinds, unknown: [...unknown] })));
    },
    restore(changes) {
      const kept = JSON.parse(Buffer.from(keys.open(changes)).toString('utf8')) as Kept;
      values.restore(kept.counted);
      customValues.restore(kept.kinds);
      for (const [place, count] of kept.unknown) unknown.set(place, count);
    },
    closeInto(gate) {
      for (const { value, isKept } of values.observed()) {
        if (isKept) gate.allow(value);
      }
      for (const { value, isKept } of values.observed()) {
        if (!isKept) gate.forbid(value);
      }
    },
  };
}

/** Numbers that JSON writes with an exponent say nothing of their digits. */
function asNumber(text: string): number | null {
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** What survives a kill, as `changes` seals it. */
interface Kept {
  counted: ReturnType<Values['changes']>;
  kinds: ReturnType<CustomValues['changes']>;
  unknown: [string, number][];
}

/** Another number of as many digits; zeros at the end stay, because salaries have them. */
function otherAmount(keys: Keys, original: string): string {
  const digest = keys.digest('amount', original);
  const end = /(?:[.,]?0+)*$/.exec(original)?.index ?? original.length;
  let place = 0;
  const start = original.slice(0, end).replaceAll(/\p{Nd}/gu, () => {
    place += 1;
    const chosen = numberFrom(digest.slice(place % 40), 0, place === 1 ? 9 : 10);
    return String(place === 1 ? chosen + 1 : chosen);
  });
  return start + original.slice(end);
}
