// A new key takes the place of an old one: all that is sealed is sealed anew.
import { sql, type RawBuilder } from 'kysely';
import type { Store } from './open-store.ts';
import type { Database, Schema } from './schema.ts';
import type { Vault } from './vault.ts';

/** What came of sealing anew. */
export interface Resealed {
  /** Texts that are sealed with the new key now. */
  renewed: number;
  /** Texts that neither key opens; they stay as they are. */
  unreadable: number;
}

/**
 * Seals everything with the vault's main key that its other key has sealed. Whoever reads or writes meanwhile needs both keys. It
 * may be killed at any point: what is done stays, and the next time goes on with the rest.
 *
 * @throws StillSealing when other processes go on to seal with the old key
 */
export async function reseal({ database, vault }: Pick<Store, 'database' | 'vault'>): Promise<Resealed> {
  // From here on no process starts that has only one of the keys.
  await sql`update key_check set resealing = ${vault.seal('')}`.execute(database);
  let renewed = 0;
  for (let round = 1; ; round += 1) {
    const done = { renewed: 0, unreadable: 0 };
    for (const place of sealedPlaces) {
      const { renewed: more, unreadable } = await resealPlace(database, vault, place);
      done.renewed += more;
      done.unreadable += unreadable;
    }
    renewed += done.renewed;
    if (done.renewed === 0) {
      await sql`update key_check set sealed = resealing, resealing = null`.execute(database);
      return { renewed, unreadable: done.unreadable };
    }
    if (round === mostRounds) throw new StillSealing();
  }
}

/** Other processes go on to seal with the old key. */
export class StillSealing extends Error {
  override readonly name = 'StillSealing';
  constructor() {
    super(
      'some process goes on to seal with the old key: start them all with the new key in CONNECTOR_ENCRYPTION_KEY and the old one in CONNECTOR_OTHER_ENCRYPTION_KEY, then run this again',
    );
  }
}

/** The second round finds nothing, if all processes have the new key. */
const mostRounds = 5;

interface SealedPlace {
  table: keyof Schema;
  /** The primary key. */
  keys: readonly string[];
  columns: readonly string[];
  /** Rows that are read at once. */
  rows: number;
}

/** Every place where something is sealed. */
const sealedPlaces: readonly SealedPlace[] = [
  { table: 'integrations', keys: ['id'], columns: ['gem_api_key', 'gem_application_secret'], rows: 100 },
  { table: 'connection_links', keys: ['token_hash'], columns: ['gem_api_key'], rows: 100 },
  { table: 'webhooks', keys: ['id'], columns: ['secret', 'previous_secret'], rows: 100 },
  { table: 'pending_creations', keys: ['integration_id', 'target'], columns: ['asked'], rows: 20 },
  // Whole files.
  {
    table: 'pending_files',
    keys: ['integration_id', 'target', 'position'],
    columns: ['filename', 'content'],
    rows: 2,
  },
];

async function resealPlace(
  database: Database,
  vault: Vault,
  { table, keys, columns, rows: limit }: SealedPlace,
): Promise<Resealed> {
  const done = { renewed: 0, unreadable: 0 };
  const name = tuple(keys.map((key) => sql.ref(key)));
  for (let last: unknown[] | undefined; ;) {
    const after =
      last === undefined ? sql`true` : sql`${name} > ${tuple(last.map((value) => sql`${value}`))}`;
    const { rows } = await sql<Record<string, unknown>>`
      select ${sql.join([...keys, ...columns].map((column) => sql.ref(column)))}
      from ${sql.table(table)} where ${after} order by ${name} limit ${limit}::integer
    `.execute(database);
    for (const row of rows) {
      last = keys.map((key) => row[key]);
      const isRow = sql`${name} = ${tuple(last.map((value) => sql`${value}`))}`;
      for (const column of columns) {
        const sealed = row[column];
        if (typeof sealed !== 'string' || vault.isCurrent(sealed)) continue;
        const text = openOrNone(vault, sealed);
        if (text === undefined) {
          done.unreadable += 1;
          continue;
        }
        // What was written anew meanwhile stays.
        await sql`
          update ${sql.table(table)} set ${sql.ref(column)} = ${vault.seal(text)}
          where ${isRow} and ${sql.ref(column)} = ${sealed}
        `.execute(database);
        done.renewed += 1;
      }
    }
    if (rows.length < limit) return done;
  }
}

function tuple(parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql`(${sql.join(parts)})`;
}

function openOrNone(vault: Vault, sealed: string): string | undefined {
  try {
    return vault.open(sealed);
  } catch {
    return undefined;
  }
}
