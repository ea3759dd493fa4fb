// What the descriptions tell of records: which fields refer to which others, which are worth a column, and how to call one.
import type { Control } from '../api/control.ts';
import { isObject } from '../api/call.ts';
import { follow, type Described } from '../parts/schema.ts';
import type { Schema } from '../parts/json-schema.ts';

export type Resource = Control['ResourceName'];

/** The schema of a resource's records. */
export function schemaOf(document: Described, resource: string): Schema {
  return Object.values(document.components.schemas).find((schema) => schema['x-resource'] === resource) ?? {};
}

/** All resources, in the order of the description. */
export function resourcesOf(document: Described): Resource[] {
  return (document.components.schemas['ResourceName']?.enum ?? []) as Resource[];
}

/** A resource as people write it. */
export function inWords(resource: string): string {
  const words = resource.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a person would call a record. */
export function titleOf(record: Readonly<Record<string, unknown>>): string {
  const texts = ['first_name', 'last_name']
    .map((field) => record[field])
    .filter((text) => typeof text === 'string');
  if (texts.length > 0) return texts.join(' ');
  for (const field of [
    'name',
    'title',
    'public_name',
    'filename',
    'file_name',
    'interview_name',
    'body',
    'id',
  ]) {
    const text = record[field];
    if (typeof text === 'string' && text !== '') return text.slice(0, 120);
  }
  return '';
}

/** Which resource a field refers to, if it does. */
export function targetOf(schema: Schema | undefined): string | undefined {
  return schema?.['x-refers-to'] ?? schema?.items?.['x-refers-to'];
}

/** The fields that are shown in a list, the telling ones first. */
export function columnsOf(document: Described, resource: string): string[] {
  const { properties = {} } = schemaOf(document, resource);
  const rank = (name: string): number => {
    const full = follow(document, properties[name] ?? {});
    const types = [full.type ?? []].flat();
    if (titleFields.has(name) || name.endsWith('_at')) return 9;
    if (full.enum) return 0;
    if (targetOf(full) !== undefined && types.includes('string')) return 1;
    if (types[0] === 'boolean') return 3;
    return types[0] === 'string' ? 2 : 9;
  };
  const names = Object.keys(properties).filter((name) => rank(name) < 9);
  return names.toSorted((one, other) => rank(one) - rank(other)).slice(0, 4);
}

const titleFields = new Set([
  'id',
  'name',
  'title',
  'public_name',
  'first_name',
  'last_name',
  'body',
  'content',
  'url',
]);

/** A reference of one record to another. */
export interface Relation {
  field: string;
  resource: string;
  id: string;
}

/** All other records that a record names. */
export function relationsOf(
  document: Described,
  resource: string,
  record: Readonly<Record<string, unknown>>,
): Relation[] {
  const collect = (schema: Schema, value: unknown, field: string): Relation[] => {
    const full = follow(document, schema);
    const target = full['x-refers-to'];
    if (target !== undefined && typeof value === 'string') return [{ field, resource: target, id: value }];
    if (Array.isArray(value)) {
      const items = target === undefined ? (full.items ?? {}) : { 'x-refers-to': target };
      return value.flatMap((one) => collect(items, one, field));
    }
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([name, one]) => collect(full.properties?.[name] ?? {}, one, name));
  };
  return collect(schemaOf(document, resource), record, '');
}

/** The fields of other resources by which their records name those of a resource. */
export function referrersOf(document: Described, resource: string): { resource: Resource; field: string }[] {
  return resourcesOf(document).flatMap((other) =>
    Object.entries(schemaOf(document, other).properties ?? {}).flatMap(([field, schema]) =>
      targetOf(follow(document, schema)) === resource ? [{ resource: other, field }] : [],
    ),
  );
}

/** What records become in the unified API, by their resource. */
export const unifiedModels: Readonly<Record<string, string>> = {
  users: 'users',
  jobs: 'jobs',
  job_posts: 'job-postings',
  job_stages: 'application-stages',
  candidates: 'candidates',
  applications: 'applications',
  scheduled_interviews: 'interviews',
};
