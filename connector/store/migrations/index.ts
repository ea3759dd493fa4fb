import type { Migration } from 'kysely/migration';
import * as initial from './0001-initial.ts';

/** Every migration by name, in order. A migration that was released is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-initial': initial,
};
