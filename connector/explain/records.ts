import { sql } from 'kysely';
import type { ModelName } from '../../contracts/coverage.ts';
import type { GemClient } from '../gem/client.ts';
import { GemError } from '../gem/errors.ts';
import { listingOf, routeOf } from '../models/listings.ts';
import { toJson } from '../store/storable.ts';
import type { Database } from '../store/schema.ts';
import { modelOf, type RecordReference } from './items.ts';
import { isContainer } from './noted.ts';

/** A record of Gem as far as it is known. */
export interface KnownRecord {
  route: string;
  remoteId: string;
  model: ModelName;
  /** As the last sync stored it; null where raw records are not kept. */
  stored: object | null;
  /** As Gem has it now; null when it was not asked or did not tell. */
  now: object | null;
  /** Why Gem did not tell. */
  problem: string | null;
}

/** Gem's records behind rows: those that were stored, and those that Gem is asked for. */
export class Records {
  readonly #database: Database;
  /** Undefined when Gem is not to be asked. */
  readonly #gem: GemClient | undefined;
  readonly #known = new Map<string, KnownRecord>();
  #left = mostAsked;

  constructor(database: Database, gem: GemClient | undefined) {
    this.#database = database;
    this.#gem = gem;
  }

  get({ model, id }: RecordReference): KnownRecord | undefined {
    return this.#known.get(`${model} ${id}`);
  }

  /** Looks records up, and asks Gem for them as they are now: as many as may be, those that are not stored first. */
  async load(wanted: readonly RecordReference[]): Promise<void> {
    const missing = wanted.filter((one) => !this.get(one));
    for (const [model, ofModel] of Map.groupBy(missing, (one) => one.model)) {
      const route = routeOf(modelOf(model).listing);
      const ids = [...new Set(ofModel.map(({ id }) => id))];
      const { rows } = await sql<{ id: string; remote_id: string; raw: unknown }>`
        select id, remote_id, remote_data -> ${route}::text as raw from ${sql.table(model)}
        where id in (select json_array_elements_text(${toJson(ids)}::json))
      `.execute(this.#database);
      for (const { id, remote_id: remoteId, raw } of rows) {
        const stored = isContainer(raw) ? raw : null;
        this.#known.set(`${model} ${id}`, { route, remoteId, model, stored, now: null, problem: null });
      }
    }
    const once = new Map(missing.map((one) => [`${one.model} ${one.id}`, one]));
    const isStored = (one: RecordReference) => Number((this.get(one)?.stored ?? null) !== null);
    const asked = [...once.values()]
      .toSorted((one, other) => isStored(one) - isStored(other))
      .slice(0, this.#left);
    this.#left -= asked.length;
    for (let at = 0; at < asked.length; at += atOnce) {
      await Promise.all(asked.slice(at, at + atOnce).map((one) => this.ask(one)));
    }
  }

  /** Reads a record at Gem as it is now. */
  async ask(reference: RecordReference): Promise<void> {
    const record = this.get(reference);
    if (!record || record.now || !this.#gem) return;
    const { operation, parameter } = listingOf(modelOf(record.model).listing).one;
    try {
      const found = await this.#gem.send(operation, { path: { [parameter]: record.remoteId }, retries: 1 });
      if (isContainer(found)) record.now = found;
      else record.problem = 'Gem did not answer with a record';
    } catch (error) {
      if (!(error instanceof GemError)) throw error;
      record.problem = error.message;
    }
  }
}

/** Records that are asked for beside the one that is explained: each is a call of Gem. */
const mostAsked = 20;
const atOnce = 4;
