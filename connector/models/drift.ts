// Where Gem's records depart from its description. That changes nothing; it is counted, so that it can be seen.
import { gemDescription } from '../../contracts/gem.ts';
import { createValidator, type Violation } from '../../contracts/validator.ts';
import type { Listing } from './listings.ts';
import { toInstant } from './moment.ts';

/**
 * How a value departs: a record lacks what the mapping needs, a value is of another form than described, a list of words does
 * not have the word, a moment is none, a field is not described. What is missing or null is none of these.
 */
export type DepartureKind = 'missing-needed' | 'other-form' | 'unknown-word' | 'bad-time' | 'unknown-field';

/** A way of departing, which says nothing of what a record holds. */
export interface Departure {
  /** The names of the fields that lead to the value, such as `phone_numbers.type`. */
  path: string;
  kind: DepartureKind;
}

/** How often records departed in each way. */
export class Drift {
  readonly #counts = new Map<string, Departure & { count: number }>();

  /** Counts in which ways a record departs from its description. */
  addRecord(listing: Listing, record: unknown): void {
    for (const violation of validator.schema(listing.schema, record)) {
      const kind = kindOf(violation);
      if (kind) this.add({ path: pathOf(violation), kind });
    }
  }

  add({ path, kind }: Departure): void {
    const known = this.#counts.get(`${kind} ${path}`);
    if (known) known.count += 1;
    // Fields without end must not fill the store.
    else if (this.#counts.size < 100) this.#counts.set(`${kind} ${path}`, { path, kind, count: 1 });
  }

  get counts(): (Departure & { count: number })[] {
    return [...this.#counts.values()];
  }
}

const validator = createValidator(gemDescription, { unknownFields: 'refuse' });

function kindOf({ keyword, value, params }: Violation): DepartureKind | undefined {
  if (keyword === 'additionalProperties') return 'unknown-field';
  // Of a choice of forms, the forms themselves tell; that a value is not null is no departure.
  const isOther = value === null || keyword === 'required' || keyword.endsWith('Of');
  if (isOther || params['type'] === 'null') return undefined;
  // A word of another form departs by its type, too.
  if (keyword === 'enum') return typeof value === 'string' ? 'unknown-word' : undefined;
  return keyword === 'format' && toInstant(value) === null ? 'bad-time' : 'other-form';
}

/** A name that is none may be something of a person. */
function pathOf({ path }: Violation): string {
  const names = path.filter((name) => !/^\d+$/.test(name));
  return names.map((name) => (/^\w{1,60}$/.test(name) ? name : '?')).join('.');
}
