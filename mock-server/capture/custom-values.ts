import { ownMember } from '../../seeds/index.ts';
import type { Leaf, WireSchema } from './fields.ts';
import type { Keys } from './keys.ts';

/** How the parts of a value of a custom field become stand-ins. */
interface StandIns {
  text(original: string): string;
  shift(time: unknown): unknown;
  amount(number: number): number | null;
  value(kind: 'label' | 'option', original: string): string;
}

/** Fields that a team has made itself: what their values are is told by their definitions, which are read before. */
export class CustomValues {
  readonly #keys: Keys;
  /** The kind of value of each field, by a fingerprint of its name. Two fields of one name and several kinds hold texts. */
  readonly #kinds = new Map<string, string>();
  readonly #changed = new Map<string, string>();

  constructor(keys: Keys) {
    this.#keys = keys;
  }

  /** Learns what the values of a field are, where a record defines one. */
  learn(schema: WireSchema, record: unknown): void {
    if (schema !== 'CustomField' && schema !== 'CrmCustomField') return;
    const [name, kind] = [member(record, 'name'), member(record, 'value_type')];
    if (typeof name !== 'string' || typeof kind !== 'string') return;
    const key = this.#fingerprint(name);
    const known = this.#kinds.get(key);
    if (known === kind) return;
    this.#kinds.set(key, known === undefined ? kind : 'text');
    this.#changed.set(key, this.#kinds.get(key) ?? kind);
  }

  /** The stand-in of one value, or of all that a record has by name. */
  standIn(leaf: Leaf, standIns: StandIns): unknown {
    const { value, holder } = leaf;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([label, item]: [string, unknown]) => [
          standIns.value('label', label),
          this.#other(item, this.#kinds.get(this.#fingerprint(label)), standIns),
        ]),
      );
    }
    const [name, kind] = [member(holder, 'name'), member(holder, 'value_type')];
    const known = typeof name === 'string' ? this.#kinds.get(this.#fingerprint(name)) : undefined;
    return this.#other(value, typeof kind === 'string' ? kind : known, standIns);
  }

  #other(value: unknown, kind: string | undefined, standIns: StandIns): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => this.#other(item, kind, standIns));
    if (typeof value === 'boolean' || value === null) return value;
    if (typeof value === 'number') return standIns.amount(value);
    if (typeof value !== 'string') return null;
    if (/^\d{4}-\d\d-\d\d(?:T|$)/.test(value)) return standIns.shift(value);
    if (kind === 'yes_no' && /^(?:yes|no|true|false)$/i.test(value)) return value;
    if (kind === 'single_select' || kind === 'multi_select') return standIns.value('option', value);
    return standIns.text(value);
  }

  changes(): [string, string][] {
    const changes = [...this.#changed];
    this.#changed.clear();
    return changes;
  }

  restore(changes: readonly [string, string][]): void {
    for (const [key, kind] of changes) this.#kinds.set(key, kind);
  }

  #fingerprint(name: string): string {
    return this.#keys.digest('label', name).slice(0, 24);
  }
}

function member(record: unknown, key: string): unknown {
  return typeof record === 'object' && record !== null
    ? ownMember(record as Record<string, unknown>, key)
    : undefined;
}
