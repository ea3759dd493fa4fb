import type { ModelName, Row } from '../models/model.ts';
import type { Database } from '../store/schema.ts';
import { everything, type Derivation } from './derivations/derivation.ts';
import type { Changes } from './page.ts';
import { interviewStage } from './derivations/interview-stage.ts';
import { postingText } from './derivations/posting-text.ts';

/**
 * Runs the derivations.
 *
 * @param rows the rows that were written, to look only at what they concern; left out, everything is looked at
 * @returns the ids of the rows that changed
 */
export async function derive(
  database: Database,
  { integrationId, at, rows }: { integrationId: string; at: string; rows?: ReadonlyMap<ModelName, Row[]> },
): Promise<Changes> {
  const changes = new Map<ModelName, readonly string[]>();
  for (const derivation of derivations) {
    const keys = rows && keysOf(derivation, rows);
    if (keys?.length === 0) continue;
    const isNarrow = keys !== undefined && !keys.includes(everything);
    const changed = await derivation.derive(database, {
      integrationId,
      at,
      keys: isNarrow ? keys : undefined,
    });
    changes.set(derivation.model, changed);
  }
  return changes;
}

function keysOf({ dependsOn }: Derivation, rows: ReadonlyMap<ModelName, Row[]>): string[] {
  const keys = new Set<string>();
  for (const [model, written] of rows) {
    const column = dependsOn[model];
    if (column === undefined) continue;
    for (const row of written) keys.add(column === everything ? everything : String(row[column]));
  }
  return [...keys];
}

/** Every derivation, in the order in which they run. */
export const derivations: readonly Derivation[] = [postingText, interviewStage];
