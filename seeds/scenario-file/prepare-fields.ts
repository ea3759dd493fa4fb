import { toInstant } from '../../contracts/clock.ts';
import type { Kit } from '../factories/kit.ts';
import { openJob } from '../factories/relations.ts';
import { completeParts } from '../factories/parts.ts';
import { checkFields } from '../fields.ts';
import { readMoment } from '../times.ts';
import {
  mapTexts,
  recordSchema,
  type Records,
  type RecordTypes,
  type ResourceName,
  resourceNames,
} from '../records.ts';
import type { Labels } from '../scenario.ts';
import type { Problems } from './problems.ts';
import type { Path } from './source.ts';
import type { Fields } from './structure.ts';

/** What it takes to understand the fields of a record. */
export interface Reading {
  problems: Problems;
  directory: Directory;
  records: Records;
  /** The instant that times are told from. */
  now: number;
}

/**
 * Turns fields as they are written into fields of a record: parts are completed, times become instants, labels become ids.
 *
 * @param jobId the job whose stages may be told by name, where the fields themselves do not say it
 * @returns undefined when something was wrong; it is reported
 */
export function prepareFields<Name extends ResourceName>(
  reading: Reading,
  kit: Kit,
  name: Name,
  path: Path,
  written: Fields,
  jobId?: string,
): Partial<RecordTypes[Name]> | undefined {
  const { problems, directory } = reading;
  const before = problems.count;
  const timed = readTimes(
    reading,
    name,
    path,
    completeParts(kit, name, withKnownType(reading, name, written)),
  );
  const ownJob =
    typeof timed['job_id'] === 'string' ? directory.find(timed['job_id'], 'jobs')?.id : undefined;
  const resolved = mapTexts(recordSchema(name), timed, (text, schema, within) => {
    const resource = schema['x-refers-to'];
    // A name that was put nowhere was reported already.
    if (!resource || text.includes('${')) return text;
    const id =
      directory.find(text, resource)?.id ??
      (resource === 'job_stages' ? stageByName(reading.records, text, ownJob ?? jobId) : undefined);
    if (id === undefined) {
      const stages = resource === 'job_stages' ? stageNames(reading.records, ownJob ?? jobId) : [];
      reportUnknown(reading, [...path, ...within], resource, text, stages);
    }
    return id ?? text;
  });
  problems.reportFields(path, checkFields(name, resolved, written));
  // It was held against the schema of the resource just now.
  return problems.count === before ? (resolved as Partial<RecordTypes[Name]>) : undefined;
}

/** The type of a source or of a rejection reason that goes by a name is the one that has this name already. */
function withKnownType({ records }: Reading, name: ResourceName, written: Fields): Fields {
  if (name !== 'sources' && name !== 'rejection_reasons') return written;
  const known = records[name].find(({ type }) => type.name === written['type'])?.type;
  return known ? { ...written, type: known } : written;
}

/** Fields with instants and dates where they tell times. What is no moment is reported. */
export function readTimes(
  { problems, now }: Reading,
  name: ResourceName,
  path: Path,
  fields: Fields,
): Fields {
  const read = mapTexts(recordSchema(name), fields, (text, schema, within) => {
    if (schema.format !== 'date-time' && schema.format !== 'date') return text;
    const moment = readMoment(text, now);
    if (moment === undefined) {
      const field = within.findLast((key) => typeof key === 'string');
      problems.report(
        [...path, ...within],
        `${field} has to be a time such as 2026-11-16T09:00:00Z, "3 days ago" or "in 2 hours", not "${text}"`,
      );
    }
    const instant = moment ?? toInstant(now);
    return schema.format === 'date' ? instant.slice(0, 10) : instant;
  });
  // Texts became other texts; the shape is the same.
  return read as Fields;
}

/** Reports a label that names no record of the resource. @param names what else its records go by */
export function reportUnknown(
  { problems, directory }: Pick<Reading, 'problems' | 'directory'>,
  path: Path,
  resource: ResourceName,
  label: string,
  names: readonly string[] = [],
): void {
  const other = directory.find(label)?.resource;
  const message = other
    ? `"${label}" is one of the ${other}, and one of the ${resource} has to stand here`
    : `no record of ${resource} is labelled "${label}"`;
  if (other) problems.report(path, message);
  else problems.reportWord(path, message, label, [...names, ...directory.labelsOf(resource)]);
}

function stageByName(records: Records, name: string, jobId: string | undefined): string | undefined {
  return stagesOf(records, jobId).find((stage) => stage.name === name)?.id;
}

function stageNames(records: Records, jobId: string | undefined): string[] {
  return stagesOf(records, jobId).map(({ name }) => name);
}

/** The stages of a job; of the first open one, where none is named. */
function stagesOf(records: Records, jobId: string | undefined): Records['job_stages'] {
  const job = jobId ?? openJob((resource) => records[resource])?.id;
  return records.job_stages.filter((stage) => stage.job_id === job);
}

/** Finds records by their labels or ids, those included that are yet to be made. */
export class Directory {
  readonly labels: Labels;
  readonly #resources = new Map<string, ResourceName>();

  constructor(labels: Labels, records: Records) {
    this.labels = { ...labels };
    for (const name of resourceNames) for (const { id } of records[name]) this.#resources.set(id, name);
  }

  /** @returns false when the label or the id is taken */
  add(resource: ResourceName, id: string, label: string | undefined): boolean {
    if (this.#resources.has(id) || (label !== undefined && Object.hasOwn(this.labels, label))) return false;
    this.#resources.set(id, resource);
    // As the name of a member, `__proto__` would be none.
    if (label !== undefined) {
      const meant = { value: { resource, id }, enumerable: true, configurable: true, writable: true };
      Object.defineProperty(this.labels, label, meant);
    }
    return true;
  }

  /** Takes a label and its record out. */
  forget(label: string): void {
    this.#resources.delete(this.labels[label]?.id ?? '');
    delete this.labels[label];
  }

  /** The record that a label or an id names. @param resource where only such a record will do */
  find(word: string, resource?: ResourceName): { resource: ResourceName; id: string } | undefined {
    const known = Object.hasOwn(this.labels, word) ? this.labels[word] : undefined;
    const byId = this.#resources.get(word);
    const found = known ?? (byId && { resource: byId, id: word });
    return resource === undefined || found?.resource === resource ? found : undefined;
  }

  /** The label of an id, if it has one. */
  labelOf(id: string): string | undefined {
    return Object.keys(this.labels).find((label) => this.labels[label]?.id === id);
  }

  /** All labels of a resource, or of all. */
  labelsOf(resource?: ResourceName): string[] {
    return Object.entries(this.labels)
      .filter(([, known]) => resource === undefined || known.resource === resource)
      .map(([label]) => label);
  }
}
