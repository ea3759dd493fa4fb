import { mapTexts, recordSchema, resourceNames, type ResourceName } from '../records.ts';
import type { WorldSeed } from '../scenario.ts';

/**
 * Gives a label to each record that another one or an edit refers to, and keeps those that there are.
 *
 * @returns labels by ids
 */
export function labelRecords({
  records,
  labels,
  timeline,
}: Pick<WorldSeed, 'records' | 'labels' | 'timeline'>): Map<string, string> {
  const given = new Map(Object.entries(labels).map(([label, { id }]) => [id, label]));
  const taken = new Set(Object.keys(labels));
  const all = resourceNames.flatMap((resource) => records[resource].map((record) => ({ resource, record })));
  for (const { record } of all) taken.add(record.id);
  for (const { edit } of timeline) if (edit.do === 'create' && edit.as !== undefined) taken.add(edit.as);
  const referred = new Set<string>();
  for (const { resource, record } of all) {
    mapTexts(recordSchema(resource), record, (text, schema) => {
      if (schema['x-refers-to']) referred.add(text);
      return text;
    });
  }
  const edits = JSON.stringify(timeline);
  const found = new Map<string, string>();
  for (const { resource, record } of all) {
    const known = given.get(record.id);
    if (known === undefined && !referred.has(record.id) && !edits.includes(record.id)) continue;
    const label = known ?? free(nameOf(resource, record, found), taken);
    taken.add(label);
    found.set(record.id, label);
  }
  return found;
}

/** A word that says whom or what a record is about. @param labels of what it may belong to */
function nameOf(resource: ResourceName, record: object, labels: ReadonlyMap<string, string>): string {
  const fields = record as Record<string, unknown>;
  const names = ['first_name', 'last_name', 'name', 'public_name', 'filename'].map((field) => fields[field]);
  const own = plain(names.filter((name) => typeof name === 'string').join(' '));
  const owners = ['candidate_id', 'application_id', 'job_id'].map((field) =>
    labels.get(String(fields[field])),
  );
  const owner = owners.find((label) => label !== undefined);
  const kind = resource.slice(0, -1).replaceAll('_', '-');
  if (resource === 'applications') return owners.filter((label) => label !== undefined).join('-');
  if (owner === undefined) return own || kind;
  return `${owner}-${resource === 'job_stages' ? own || kind : kind}`;
}

function plain(name: string): string {
  const letters = name.replaceAll('ß', 'ss').normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return letters
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .replace(/^(.{1,60})(?:-.*|$)/, '$1')
    .slice(0, 60);
}

function free(word: string, taken: ReadonlySet<string>): string {
  if (!taken.has(word)) return word;
  let number = 2;
  while (taken.has(`${word}-${number}`)) number += 1;
  return `${word}-${number}`;
}
