import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import { VaultCannotOpen, type Vault } from '../vault.ts';

/** Texts that were sealed with the key of a store; none while nothing is. A few are enough to know it by. */
export async function sealedTexts(database: Database): Promise<string[]> {
  const check = await sql<{ sealed: string }>`select sealed from key_check`.execute(database);
  if (check.rows.length > 0) return check.rows.map(({ sealed }) => sealed);
  // Stores of earlier versions have no check.
  const { rows } = await sql<{ sealed: string }>`
    (select gem_api_key as sealed from integrations order by created_at desc limit 20)
    union all (select secret from webhooks limit 20)
  `.execute(database);
  return rows.map(({ sealed }) => sealed);
}

/**
 * Whether a vault opens what a store has sealed. A store that has nothing to know its key by takes this one: processes that
 * start at once agree on the first.
 *
 * @param sealed of {@link sealedTexts}
 */
export async function isKeyOf(database: Database, vault: Vault, sealed: readonly string[]): Promise<boolean> {
  if (sealed.length > 0 && !sealed.some((text) => opens(vault, text))) return false;
  await sql`insert into key_check (sealed) values (${vault.seal('')}) on conflict do nothing`.execute(
    database,
  );
  return (await sealedTexts(database)).some((text) => opens(vault, text));
}

function opens(vault: Vault, sealed: string): boolean {
  try {
    vault.open(sealed);
    return true;
  } catch (error) {
    if (error instanceof VaultCannotOpen) return false;
    throw error;
  }
}
