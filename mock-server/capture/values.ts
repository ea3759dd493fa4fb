import { isCommonWord } from './common-words.ts';
import type { Keys } from './keys.ts';
import type { Names } from './stand-ins/names.ts';
import { wordsOf } from './words.ts';

/** A value of a list that a team made itself, such as a source or a title, and how many people it says something of. */
export interface ObservedValue {
  /** What it is, as `x-capture` says: `source`, `title`, `option`. */
  kind: string;
  value: string;
  /** How many carry it, counted up to five. */
  carriers: number;
  standIn: string;
  /** Whether a word of it is somebody's name and means nothing that we know: then nobody but the owner can let it be seen. */
  holdsName: boolean;
  /** Whether the output shows the value itself. */
  isKept: boolean;
}

/** What the owner of the account decided, by kind. What is not named is kept from five carriers on, if it holds no name. */
export interface Decisions {
  keep?: Readonly<Record<string, readonly string[]>>;
  replace?: Readonly<Record<string, readonly string[]>>;
}

/** A value that so many carry points at nobody. */
export const enoughCarriers = 5;

/**
 * Counts who carries which value. Nobody knows how many carry one before all is read, so each becomes its stand-in at first;
 * `settle` brings back those that may be seen. A large account has some hundred thousand values, so an entry holds little.
 */
export class Values {
  readonly #keys: Keys;
  readonly #names: Names;
  readonly #decisions: Decisions;
  readonly #isName: (word: string) => boolean;
  /** By kind and value. */
  readonly #entries = new Map<string, Map<string, Entry>>();
  #changed: [kind: string, value: string][] = [];
  /** The values that may be seen, by their stand-ins. */
  #originals: ReadonlyMap<string, string> | undefined;

  constructor(keys: Keys, names: Names, decisions: Decisions, isName: (word: string) => boolean) {
    this.#isName = isName;
    this.#keys = keys;
    this.#names = names;
    this.#decisions = decisions;
  }

  /** Notes a value, and gives its stand-in. @param carrier whom it says something of; undefined for what only defines it */
  standIn(kind: string, value: string, carrier: string | undefined): string {
    if (value.trim() === '') return value;
    const entry = this.#entryOf(kind, value);
    const fingerprint =
      carrier !== undefined && entry.carriers.length < enoughCarriers
        ? Number.parseInt(this.#keys.digest('carrier', carrier).slice(0, 12), 16)
        : undefined;
    if (fingerprint !== undefined && !entry.carriers.includes(fingerprint)) {
      // A list that grows by `push` has room for many more, and nearly all stay at one.
      entry.carriers = [...entry.carriers, fingerprint];
      this.#note(kind, value, entry);
    }
    return entry.standIn;
  }

  #entryOf(kind: string, value: string): Entry {
    const known = this.#entries.get(kind)?.get(value);
    if (known) return known;
    const key = this.#keys.digest('value', `${kind}\n${value}`).slice(0, 24);
    const [, start = '', end = ''] = /^(\s*).*?(\s*)$/s.exec(value) ?? [];
    const words = ['one', 'two'].map((place) => this.#names.invent(`value ${place}`, key, sample(value)));
    const entry: Entry = { standIn: start + words.join(' ') + end, carriers: [], isChanged: false };
    this.#set(kind, value, entry);
    this.#note(kind, value, entry);
    return entry;
  }

  #set(kind: string, value: string, entry: Entry): void {
    const ofKind = this.#entries.get(kind) ?? new Map<string, Entry>();
    this.#entries.set(kind, ofKind.set(value, entry));
  }

  #note(kind: string, value: string, entry: Entry): void {
    this.#originals = undefined;
    if (!entry.isChanged) this.#changed.push([kind, value]);
    entry.isChanged = true;
  }

  *observed(): Generator<ObservedValue> {
    for (const [kind, values] of this.#entries) {
      for (const [value, entry] of values) {
        const { standIn, carriers } = entry;
        const holdsName = this.#holdsName(value);
        yield {
          kind,
          value,
          carriers: carriers.length,
          standIn,
          holdsName,
          isKept: this.#isKept(kind, value, entry),
        };
      }
    }
  }

  #isKept(kind: string, value: string, { carriers }: Entry): boolean {
    const { keep, replace } = this.#decisions;
    if (replace?.[kind]?.includes(value)) return false;
    if (keep?.[kind]?.includes(value) || everybodys[kind]?.test(value)) return true;
    return carriers.length >= enoughCarriers && !this.#holdsName(value);
  }

  #holdsName(value: string): boolean {
    return wordsOf(value).some((word) => !isCommonWord(word) && this.#isName(word));
  }

  /** A copy in which the stand-ins of values that may be seen are the values again, as texts and as names of fields. */
  settle<Value>(value: Value): Value {
    if (!this.#originals) {
      const originals = new Map<string, string>();
      for (const { standIn, value: original, isKept } of this.observed())
        if (isKept) originals.set(standIn, original);
      this.#originals = originals;
    }
    // Texts become other texts; the shape is the same.
    return this.#settled(value) as Value;
  }

  #settled(value: unknown): unknown {
    if (typeof value === 'string') return this.#original(value);
    if (Array.isArray(value)) return value.map((item: unknown) => this.#settled(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]: [string, unknown]) => [
        this.#original(key),
        this.#settled(item),
      ]),
    );
  }

  #original(text: string): string {
    return this.#originals?.get(text) ?? text;
  }

  /** What is new since the last time. */
  changes(): KeptValue[] {
    const changed = this.#changed.flatMap(([kind, value]): KeptValue[] => {
      const entry = this.#entries.get(kind)?.get(value);
      if (!entry) return [];
      entry.isChanged = false;
      return [{ kind, value, standIn: entry.standIn, carriers: entry.carriers }];
    });
    this.#changed = [];
    return changed;
  }

  restore(changes: readonly KeptValue[]): void {
    for (const { kind, value, standIn, carriers } of changes)
      this.#set(kind, value, { standIn, carriers, isChanged: false });
    this.#originals = undefined;
  }
}

/** Words of the trade, which say nothing of the team that uses them. */
const everybodys: Readonly<Record<string, RegExp>> = {
  currency: /^[A-Z]{3}$/,
  interval: /^(?:per_)?(?:one_time|once|hour|day|week|month|quarter|year)(?:ly)?$/i,
  compensation: /^(?:base_)?(?:salary|wage|bonus|equity|commission|other)$/i,
  unit: /^(?:percent|percentage|shares|options|units|dollars|%)$/i,
  value_type: /^(?:amount|percent|percentage|number|fixed|range|text)$/i,
  recommendation: /^(?:(?:strong|definitely)?[ _]?(?:yes|no|not)|mixed|neutral|no[ _]decision)$/i,
  question_type:
    /^(?:(?:short|long)_(?:answer|text)|text|rating|(?:single|multi)_select|yes_no|boolean|date|number|scale)$/i,
  network:
    /^(?:linkedin|github|gitlab|twitter|x|facebook|xing|stackoverflow|dribbble|behance|medium|other)$/i,
};

interface Entry {
  readonly standIn: string;
  /** Fingerprints of those that carry it, five at most. */
  carriers: readonly number[];
  /** Whether it is among those that have to be kept. */
  isChanged: boolean;
}

/** What survives a kill. */
interface KeptValue {
  kind: string;
  value: string;
  standIn: string;
  carriers: readonly number[];
}

/** A word of a value whose script and accents its stand-in takes. */
function sample(value: string): string {
  const words = value.match(/\p{L}+/gu) ?? [];
  const foreign = words.find((word) => /[^\0-\u007f]/.test(word));
  return foreign === undefined ? 'Word' : foreign.slice(0, 1).toUpperCase() + foreign.slice(1);
}
