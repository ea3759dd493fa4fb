// What a world's history tells of one record, and of one request.
import { toInstant } from '../../contracts/clock.ts';
import type { ControlSchemas } from '../../contracts/control.ts';
import type { Labels, ResourceName } from '../../seeds/index.ts';
import { whatHappened, type History } from './history.ts';
import { changedFields, type Changes } from './marks.ts';

/** Every change of a record that made a difference, the newest first. */
export function historyOf(
  { groups }: History,
  resource: ResourceName,
  id: string,
): ControlSchemas['HistoryEntry'][] {
  return groups.toReversed().flatMap(({ at, cause, changes }) =>
    changes
      .filter((change) => change.id === id && change.resource === resource)
      .map((change) => ({
        at: toInstant(at),
        what: whatHappened(change),
        cause,
        fields: changedFields(change.before ?? {}, change.after),
      }))
      .filter(({ what, fields }) => what === 'created' || Object.keys(fields).length > 0),
  );
}

/** What a request created, changed and deleted. */
export function changesOfRequest({ groups }: History, number: number, labels: Labels): Changes {
  const changes: Changes = { created: [], changed: [], deleted: [] };
  const group = groups.find(({ cause }) => cause.by === 'request' && cause.request === number);
  for (const change of group?.changes ?? []) {
    const { resource, id, before, after } = change;
    const [label] =
      Object.entries(labels).find(([, one]) => one.id === id && one.resource === resource) ?? [];
    const named = { resource, id, ...(label !== undefined && { label }) };
    const what = whatHappened(change);
    if (what === 'created') {
      changes.created.push({ ...named, record: { ...after } });
      continue;
    }
    const fields = changedFields(before ?? {}, after);
    if (Object.keys(fields).length > 0) changes[what].push({ ...named, fields });
  }
  return changes;
}
