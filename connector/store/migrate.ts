import { readdirSync } from 'node:fs';
import { Migrator, type Migration } from 'kysely/migration';
import type { Database } from './schema.ts';

/**
 * Brings the tables up to date. Processes that start at once wait for each other: the migrator takes a lock on the
 * database.
 *
 * @throws Error when a migration fails; nothing has changed then
 */
export async function migrate(database: Database): Promise<void> {
  const { error } = await new Migrator({ db: database, provider: { getMigrations } }).migrateToLatest();
  if (error) throw new Error('the tables of the store could not be brought up to date', { cause: error });
}

/** The names of all migrations that this program has. */
export function migrationNames(): string[] {
  return migrationFiles().map(({ name }) => name);
}

const folder = new URL('./migrations/', import.meta.url);

/** A built package has the same files with another ending, and declarations beside them. */
const migrationFile = /^(\d{4}-[a-z-]+)\.(?:ts|js)$/;

/** Every migration by the name of its file, which gives their order. One that was released is never edited. */
async function getMigrations(): Promise<Record<string, Migration>> {
  const migrations: Record<string, Migration> = {};
  for (const { file, name } of migrationFiles()) {
    const migration: unknown = await import(new URL(file, folder).href);
    if (!isMigration(migration)) throw new Error(`${file} has no function up`);
    migrations[name] = migration;
  }
  return migrations;
}

/** The folder does not change while the program runs. */
let files: readonly { file: string; name: string }[] | undefined;

function migrationFiles(): readonly { file: string; name: string }[] {
  files ??= readdirSync(folder)
    .toSorted()
    .flatMap((file) => {
      const [, name] = migrationFile.exec(file) ?? [];
      return name === undefined ? [] : [{ file, name }];
    });
  return files;
}

function isMigration(module: unknown): module is Migration {
  return typeof module === 'object' && module !== null && 'up' in module && typeof module.up === 'function';
}
