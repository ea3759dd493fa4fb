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
 * `settle` brings back those that may be seen.
 */
export class Values {
  readonly #keys: Keys;
  readonly #names: Names;
  readonly #decisions: Decisions;
  readonly #isName: (word: string) => boolean;
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new Set<string>();
  #originals: Map<string, Entry> | undefined;

  constructor(keys: Keys, names: Names, decisions: Decisions, isName: (word: string) => boolean) {
    this.#isName = isName;
    this.#keys = keys;
    this.#names = names;
    this.#decisions = decisions;
  }

  /** Notes a value, and gives its stand-in. @param carrier whom it says something of; undefined for what only defines it */
  standIn(kind: string, value: string, carrier: string | undefined): string {
    if (value.trim() === '') return value;
    const key = this.#keys.digest('value', `${kind}\n${value}`).slice(0, 24);
    let entry = this.#entries.get(key);
    if (!entry) {
      const [, start = '', end = ''] = /^(\s*).*?(\s*)$/s.exec(value) ?? [];
      const words = ['one', 'two'].map((place) => this.#names.invent(`value ${place}`, key, sample(value)));
      entry = { kind, value, standIn: start + words.join(' ') + end, carriers: [] };
      this.#entries.set(key, entry);
      this.#originals = undefined;
      this.#changed.add(key);
    }
    if (carrier !== undefined && entry.carriers.length < enoughCarriers) {
      const fingerprint = Number.parseInt(this.#keys.digest('carrier', carrier).slice(0, 12), 16);
      if (!entry.carriers.includes(fingerprint)) {
        entry.carriers.push(fingerprint);
        this.#changed.add(key);
      }
    }
    return entry.standIn;
  }

  *observed(): Generator<ObservedValue> {
    for (const entry of this.#entries.values()) {
      const { kind, value, standIn, carriers } = entry;
      yield {
        kind,
        value,
        carriers: carriers.length,
        standIn,
        holdsName: this.#holdsName(value),
        isKept: this.#isKept(entry),
      };
    }
  }

  #isKept({ kind, value, carriers }: Entry): boolean {
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
    this.#originals ??= new Map([...this.#entries.values()].map((entry) => [entry.standIn, entry]));
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
    const entry = this.#originals?.get(text);
    return entry && this.#isKept(entry) ? entry.value : text;
  }

  /** What is new since the last time. */
  changes(): [string, Entry][] {
    const changed = [...this.#changed].flatMap((key): [string, Entry][] => {
      const entry = this.#entries.get(key);
      return entry ? [[key, entry]] : [];
    });
    this.#changed.clear();
    return changed;
  }

  restore(changes: readonly [string, Entry][]): void {
    for (const [key, entry] of changes) this.#entries.set(key, entry);
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
  kind: string;
  value: string;
  standIn: string;
  /** Fingerprints of those that carry it, five at most. */
  carriers: number[];
}

/** A word of a value whose script and accents its stand-in takes. */
function sample(value: string): string {
  const words = value.match(/\p{L}+/gu) ?? [];
  const foreign = words.find((word) => /[^\0-\u007f]/.test(word));
  return foreign === undefined ? 'Word' : foreign.slice(0, 1).toUpperCase() + foreign.slice(1);
}
