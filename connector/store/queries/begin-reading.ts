import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/**
 * Numbers a reading of Gem. It is done before Gem is asked, so that what was stored under a higher number may be newer
 * than what the reading brings. The numbers are the database's: no clock has to be right.
 */
export async function beginReading(database: Database): Promise<number> {
  const { rows } = await sql<{ number: number }>`select nextval('reading_numbers') as number`.execute(
    database,
  );
  const [row] = rows;
  if (!row) throw new Error('the database gave no number');
  return row.number;
}
