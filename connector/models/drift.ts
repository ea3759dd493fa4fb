// Where Gem's records depart from its description. That changes nothing; it is counted, so that it can be seen.
import { againstDescription, type Departure, departuresOf } from '../../contracts/drift/departures.ts';
import type { Listing } from './listings.ts';
import { toInstant } from './moment.ts';

/** How often records departed in each way. */
export class Drift {
  readonly #counts = new Map<string, Departure & { count: number }>();

  /** Counts in which ways a record departs from its description. */
  addRecord(listing: Listing, record: unknown): void {
    for (const departure of departuresOfRecord(listing, record)) this.add(departure);
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

/** In which ways a record of a list departs from its description. */
export function departuresOfRecord({ schema }: Pick<Listing, 'schema'>, record: unknown): Departure[] {
  return departuresOf(validator.schema(schema, record), (value) => toInstant(value) !== null);
}

const validator = againstDescription();
