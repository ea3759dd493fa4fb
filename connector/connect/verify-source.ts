import type { AutomaticSource } from '../actions/automatic-source.ts';
import { readKnownSources } from '../actions/known-sources.ts';
import { chooseSource } from '../actions/resolve-source.ts';
import type { GemClient } from '../gem/client.ts';
import type { Database } from '../store/schema.ts';

/**
 * Looks up a source among those of the account. Where Gem does not list them, what was entered has to do.
 *
 * @returns the source to store, or `unknown` when Gem has none like it
 */
export async function verifySource(
  {
    client,
    database,
    integrationId,
  }: { client: GemClient; database: Database; integrationId: string | null },
  source: AutomaticSource,
): Promise<AutomaticSource | 'unknown'> {
  const known = await readKnownSources(client, database, integrationId ?? '');
  const { sourceId } = chooseSource({ source: undefined, automatic: source }, known);
  if (known.isComplete) return sourceId === undefined ? 'unknown' : { id: sourceId };
  return source;
}
