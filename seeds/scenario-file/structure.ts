// The parts of a scenario's file, apart from what its records and edits say.
import { ruleNames } from '../../contracts/harness/load-rules.ts';
import { inWords, suggest } from '../fields.ts';
import { parameterTypes, type Parameter, type ParameterType } from '../parameters.ts';
import { isResourceName, resourceNames, type Company, type ResourceName } from '../records.ts';
import type { Problems } from './problems.ts';
import type { Path } from './source.ts';

/** What a scenario's file says, as far as it can be understood. */
export interface Structure {
  purpose: string;
  rules: string[];
  extends: string | undefined;
  /** What is said of each parameter; of an inherited one perhaps only another default. */
  parameters: Record<string, Partial<Parameter>>;
  company: Partial<Company>;
  records: { resource: ResourceName; path: Path; fields: Fields }[];
  change: { label: string; path: Path; fields: Fields }[];
  delete: { label: string; path: Path; at: unknown }[];
  remove: { label: string; path: Path }[];
  timeline: { path: Path; entry: Fields }[];
}

export type Fields = Record<string, unknown>;

/** The keys of a scenario's file, with what they are for. */
export const topKeys = {
  purpose: 'One line: what the scenario is for.',
  rules: 'The mapping rules that it gives examples of.',
  extends:
    'What it starts from: the name of a scenario, or the path of a file beside this one, which may be a saved world. Default: empty.',
  parameters: 'What may be chosen. The value stands wherever ${name} is written.',
  company: 'The company whose Gem account it is.',
  records: 'New records by resource. What a record does not say is made up believably.',
  change: 'Other values for fields of inherited records, by label.',
  delete: 'Inherited or new records that were deleted; they stay as tombstones.',
  remove: 'Inherited records that there never were, with all that belongs to them.',
  timeline: "What recruiters do as the world's clock goes on.",
} as const;

/** Reads the parts of a file; what does not fit is reported and left out. */
export function readStructure(problems: Problems): Structure {
  const { value } = problems.source;
  const top = asFields(problems, [], value, 'a scenario') ?? {};
  checkKeys(problems, [], top, Object.keys(topKeys), 'a scenario');
  if (problems.count === 0 && top['purpose'] === undefined) {
    problems.report(['purpose'], 'a scenario has to say its purpose in one line');
  }
  return {
    purpose: textAt(problems, ['purpose'], top['purpose']) ?? '',
    rules: readRules(problems, top['rules']),
    extends: textAt(problems, ['extends'], top['extends']),
    parameters: readParameters(problems, top['parameters']),
    company: readCompany(problems, top['company']),
    records: readRecords(problems, top['records']),
    change: entriesOf(problems, ['change'], top['change']).flatMap(([label, given]) => {
      const path = ['change', label];
      const fields = asFields(problems, path, given, 'a change');
      return fields ? [{ label, path, fields }] : [];
    }),
    delete: listOf(problems, ['delete'], top['delete']).flatMap((item, index) => {
      const path = ['delete', index];
      if (typeof item === 'string') return [{ label: item, path, at: 'now' }];
      const fields = asFields(problems, path, item, 'a deletion') ?? {};
      checkKeys(problems, path, fields, ['record', 'at'], 'a deletion');
      const label = textAt(problems, [...path, 'record'], fields['record']);
      return label === undefined ? [] : [{ label, path: [...path, 'record'], at: fields['at'] ?? 'now' }];
    }),
    remove: listOf(problems, ['remove'], top['remove']).flatMap((item, index) => {
      const label = textAt(problems, ['remove', index], item);
      return label === undefined ? [] : [{ label, path: ['remove', index] }];
    }),
    timeline: listOf(problems, ['timeline'], top['timeline']).flatMap((item, index) => {
      const entry = asFields(problems, ['timeline', index], item, 'an edit');
      return entry ? [{ path: ['timeline', index], entry }] : [];
    }),
  };
}

function readRules(problems: Problems, value: unknown): string[] {
  return listOf(problems, ['rules'], value).flatMap((item, index) => {
    const found = ruleNames.filter((name) => name === item);
    if (found.length === 0) {
      const word = inWords(item);
      problems.reportWord(['rules', index], `there is no rule ${word}`, word.slice(1, -1), ruleNames);
    }
    return found;
  });
}

function readParameters(problems: Problems, value: unknown): Structure['parameters'] {
  const parameters = new Map<string, Partial<Parameter>>();
  for (const [name, given] of entriesOf(problems, ['parameters'], value)) {
    const path = ['parameters', name];
    const fields = asFields(problems, path, given, 'a parameter');
    if (!fields) continue;
    checkKeys(
      problems,
      path,
      fields,
      ['type', 'default', 'description', 'minimum', 'maximum'],
      'a parameter',
    );
    const type = fields['type'];
    if (type !== undefined && !isParameterType(type)) {
      const message = `the type of a parameter cannot be ${inWords(type)}; it is one of ${parameterTypes.join(', ')}`;
      const near = typeof type === 'string' ? suggest(type, parameterTypes) : {};
      problems.report([...path, 'type'], message, near);
      continue;
    }
    for (const bound of ['minimum', 'maximum'] as const) {
      if (fields[bound] !== undefined && typeof fields[bound] !== 'number') {
        problems.report([...path, bound], `${bound} has to be a number`);
      }
    }
    const description = textAt(problems, [...path, 'description'], fields['description']);
    parameters.set(name, {
      ...(type !== undefined && { type }),
      ...(description !== undefined && { description }),
      ...(isValue(fields['default']) && { default: fields['default'] }),
      ...(typeof fields['minimum'] === 'number' && { minimum: fields['minimum'] }),
      ...(typeof fields['maximum'] === 'number' && { maximum: fields['maximum'] }),
    });
  }
  return Object.fromEntries(parameters);
}

function isParameterType(value: unknown): value is ParameterType {
  return parameterTypes.some((type) => type === value);
}

function isValue(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function readCompany(problems: Problems, value: unknown): Partial<Company> {
  if (value === undefined) return {};
  const fields = asFields(problems, ['company'], value, 'a company') ?? {};
  checkKeys(problems, ['company'], fields, ['name', 'vanity'], 'a company');
  const name = textAt(problems, ['company', 'name'], fields['name']);
  const vanity = textAt(problems, ['company', 'vanity'], fields['vanity']);
  return { ...(name !== undefined && { name }), ...(vanity !== undefined && { vanity }) };
}

function readRecords(problems: Problems, value: unknown): Structure['records'] {
  return entriesOf(problems, ['records'], value).flatMap(([resource, list]) => {
    if (!isResourceName(resource)) {
      const isRun = /^-[a-z]/.test(resource);
      const message = isRun
        ? `a blank has to stand behind the dash: - ${resource.slice(1)}`
        : `there is no resource "${resource}"`;
      if (isRun) problems.report(['records', resource], message, { isKey: true });
      else problems.reportWord(['records', resource], message, resource, resourceNames, true);
      return [];
    }
    return listOf(problems, ['records', resource], list).flatMap((item, index) => {
      const path = ['records', resource, index];
      const fields = asFields(problems, path, item ?? {}, 'a record');
      return fields ? [{ resource, path, fields }] : [];
    });
  });
}

/** Reports keys that are not among the known ones. */
export function checkKeys(
  problems: Problems,
  path: Path,
  fields: Fields,
  known: readonly string[],
  owner: string,
): void {
  for (const key of Object.keys(fields).filter((key) => !known.includes(key))) {
    problems.reportWord([...path, key], `unknown field "${key}" of ${owner}`, key, known, true);
  }
}

function asFields(problems: Problems, path: Path, value: unknown, owner: string): Fields | undefined {
  // Every key of a parsed object is a text.
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  if (problems.count === 0 || path.length > 0)
    problems.report(path, `${owner} is written as fields: "name: value"`);
  return undefined;
}

function entriesOf(problems: Problems, path: Path, value: unknown): [string, unknown][] {
  if (value === undefined || value === null) return [];
  return Object.entries(asFields(problems, path, value, `"${path.at(-1)}"`) ?? {});
}

function listOf(problems: Problems, path: Path, value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  problems.report(path, `"${path.at(-1)}" has to be a list`);
  return [];
}

function textAt(problems: Problems, path: Path, value: unknown): string | undefined {
  if (typeof value === 'string' || value === undefined) return value;
  const key = path.at(-1);
  const what = typeof key === 'number' ? `an entry of "${path.at(-2)}"` : `"${key}"`;
  problems.report(path, `${what} has to be a text, not ${inWords(value)}`);
  return undefined;
}
