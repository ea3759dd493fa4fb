// Cases speak of records by labels; the world and the connector know them by ids.
import type { ControlSchemas } from '../control.ts';
import { listNames } from './lists.ts';
import type { UnifiedItems } from './run.ts';

/** The id of a labelled record, in each of the forms that an action may ask for. */
export type LabelIds = Readonly<Record<'unified' | 'remote' | 'prefixed', (label: string) => string>>;

/** @param gemIds the ids at Gem, by label */
export function labelIds(gemIds: ReadonlyMap<string, string>, unified: UnifiedItems): LabelIds {
  const unifiedIds = new Map(
    listNames.flatMap((name) => unified[name].map(({ id, remote_id }) => [remote_id, id] as const)),
  );
  const remote = (label: string) => gemIds.get(label) ?? label;
  return {
    remote,
    unified: (label) => unifiedIds.get(remote(label)) ?? remote(label),
    prefixed: (label) => `remote:${remote(label)}`,
  };
}

/** Puts ids in the place of labels: `{ unified: 'job-1' }` becomes the unified id of that job. */
export function resolveLabels(value: unknown, ids: LabelIds): unknown {
  if (Array.isArray(value)) return value.map((inner) => resolveLabels(inner, ids));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (only && entries.length === 1) {
    const [word, label] = only;
    const name = words.find((known) => known === word);
    if (name && typeof label === 'string') return ids[name](label);
    if (name && typeof label === 'object') return resolveLabels(label, ids);
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, resolveLabels(inner, ids)]));
}

const words = ['unified', 'remote', 'prefixed'] as const satisfies readonly (keyof LabelIds)[];

/** The ids at Gem, by label. */
export function gemIdsOf(labels: ControlSchemas['Labels']): Map<string, string> {
  return new Map(Object.entries(labels).map(([label, { id }]) => [label, id] as const));
}
