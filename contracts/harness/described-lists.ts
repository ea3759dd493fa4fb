// What the unified description says of the lists, so that no rule forgets any of it: where an item shows another record, and by
// which filters its items are found.
import { unifiedDescription } from '../unified.ts';
import { listNames, unifiedLists, type ListName, type ItemOf } from './lists.ts';

/** A property of an item that shows one record of a list, or several. */
export interface NestedPart {
  /** The property, such as `current_stage`. */
  name: string;
  /** The list that has the same records. */
  of: ListName;
  /** The fields that the list has as well: they show the same. */
  fields: readonly string[];
  /** Whether it has the place of a stage in its job, which only `jobs[].stages` tells besides. */
  hasIndex: boolean;
  parts: readonly NestedPart[];
}

/** The parts of the items of each list. */
export function nestedPartsOf(list: ListName): readonly NestedPart[] {
  return parts[list];
}

/** The list whose records a property shows; null where the unified API has no list of them. */
const listOf: Readonly<Record<string, ListName | null>> = {
  stages: 'application-stages',
  current_stage: 'application-stages',
  hiring_team: 'users',
  users: 'users',
  job: 'jobs',
  candidate: 'candidates',
  application: 'applications',
  applications: 'applications',
  interviews: 'interviews',
  // The rules of postings compare them with Gem's job posts.
  job_postings: null,
  // Not covered for Gem: the rules about uncovered fields say that they are empty.
  tags: null,
  offers: null,
};

/** Fields that only the nested record has, and the rule that looks at them. */
const guardedBy: Readonly<Record<string, string>> = {
  'stages.index': 'job-stage-order',
  'hiring_team.hiring_team_roles': 'hiring-team-roles',
  'hiring_team.job_roles': 'job-uncovered',
};

function partsOf(schema: Schema): NestedPart[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const shown = recordOf(property);
    const { id, remote_id: remoteId, ...more } = shown?.properties ?? {};
    if (!shown || id === undefined || remoteId === undefined) return [];
    const of = listOf[name];
    if (of === undefined) throw new Error(`nobody says which list has the records of "${name}"`);
    if (of === null) return [];
    const own = new Set(Object.keys(schemas[unifiedLists[of].schema]?.properties ?? {}));
    const nested = partsOf(shown);
    const fields = Object.keys(more).filter(
      (field) => own.has(field) && !nested.some((part) => part.name === field),
    );
    const hasIndex = 'index' in more && !(`${name}.index` in guardedBy);
    const left = Object.keys(more).filter(
      (field) =>
        !fields.includes(field) &&
        !nested.some((part) => part.name === field) &&
        !(hasIndex && field === 'index') &&
        !(`${name}.${field}` in guardedBy),
    );
    if (left.length > 0)
      throw new Error(`no rule looks at ${left.map((field) => `${name}.${field}`).join(', ')}`);
    return [{ name, of, fields: ['remote_id', ...fields], hasIndex, parts: nested }];
  });
}

/** The schema of the record that a property shows, whether it is one or a list, or may be null. */
function recordOf(property: Schema): Schema | undefined {
  const resolved = resolve(property);
  const inner = resolved.items ?? resolved.oneOf?.find(({ type }) => type !== 'null');
  if (inner) return recordOf(inner);
  return resolved.properties ? resolved : undefined;
}

function resolve(schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (schemas[name] ?? {});
}

interface Schema {
  $ref?: string;
  type?: unknown;
  properties?: Readonly<Record<string, Schema>>;
  items?: Schema;
  oneOf?: readonly Schema[];
}

// A description's document is any JSON; that its schemas are schemas was checked when it was generated.
const { schemas } = (unifiedDescription.document as { components: { schemas: Record<string, Schema> } })
  .components;

// Each list stands under its own name.
const parts = Object.fromEntries(
  listNames.map((list) => [list, partsOf(schemas[unifiedLists[list].schema] ?? {})]),
) as unknown as Readonly<Record<ListName, readonly NestedPart[]>>;

/** A query parameter of a list that names values of its items. */
export interface FilterParameter {
  list: ListName;
  name: string;
  /** Whether it takes several values, with commas between them. */
  isList: boolean;
  /** The values by which an item is found. */
  valuesOf(item: ItemOf[ListName]): string[];
  /** Whether upper and lower case are the same. */
  isCaseless: boolean;
  /** How a value is found: the whole of it, a part, or a day that is as late. */
  finds: 'whole' | 'part' | 'day';
  /** A value that no item has; undefined where the description names all words. */
  unknown: string | undefined;
}

/** How an item is found by a parameter; without it, the parameter is the matter of the rule that is named. */
type Meaning = Partial<Pick<FilterParameter, 'isCaseless' | 'finds' | 'unknown'>> & {
  path: string;
};

/** By list and name, then by name alone. Kombo's words: kombo-unified-api §1.5, §2.2 to §2.6. */
const meanings: Readonly<Record<string, Meaning | string>> = {
  ids: { path: 'id', unknown: 'nobodyhasthisidofallids1' },
  remote_ids: { path: 'remote_id', unknown: 'nobody-has-this-id' },
  'users.emails': { path: 'email', isCaseless: true, unknown: 'nobody@filters.example' },
  'jobs.job_codes': { path: 'job_code', unknown: 'no-such-code' },
  'jobs.post_url': { path: 'post_url', unknown: 'https://jobs.gem.com/nobody/nothing' },
  'jobs.statuses': { path: 'status' },
  'jobs.name_contains': { path: 'name', isCaseless: true, finds: 'part', unknown: 'no job is called so' },
  'candidates.email': {
    path: 'email_addresses.[].email_address',
    isCaseless: true,
    unknown: 'nobody@filters.example',
  },
  'candidates.first_name': { path: 'first_name', isCaseless: true, unknown: 'Nobody At All' },
  'candidates.last_name': { path: 'last_name', isCaseless: true, unknown: 'Nobody At All' },
  'candidates.job_ids': { path: 'applications.[].job.id', unknown: 'nobodyhasthisidofallids1' },
  'applications.outcomes': { path: 'outcome' },
  'applications.job_ids': { path: 'job_id', unknown: 'nobodyhasthisidofallids1' },
  'applications.job_remote_ids': { path: 'job.remote_id', unknown: 'nobody-has-this-id' },
  'applications.current_stage_ids': { path: 'current_stage_id', unknown: 'nobodyhasthisidofallids1' },
  'interviews.job_ids': { path: 'application.job.id', unknown: 'nobodyhasthisidofallids1' },
  remote_created_after: { path: 'remote_created_at', finds: 'day', unknown: '2999-01-01' },
  updated_after: 'updated-after',
  employment_types: 'uncovered-filters',
  visibilities: 'uncovered-filters',
  ignore_unsupported_filters: 'uncovered-filters',
  include_deleted: 'deletion-shown',
  page_size: 'pages',
  cursor: 'pages',
};

/** All filters. @throws Error when the description has a parameter of which nobody says how it finds items */
export const filterParameters: readonly FilterParameter[] = listNames.flatMap((list) =>
  parametersOf(list).flatMap(({ name, isList }) => {
    const meaning = meanings[`${list}.${name}`] ?? meanings[name];
    if (meaning === undefined) throw new Error(`no rule looks at the filter ${name} of ${list}`);
    if (typeof meaning === 'string') return [];
    const { path, isCaseless = false, finds = 'whole', unknown } = meaning;
    const valuesOf = (item: ItemOf[ListName]) => textsAt(item, path.split('.'));
    return [{ list, name, isList, valuesOf, isCaseless, finds, unknown }];
  }),
);

/** Whether an item is found by some values. */
export function isFound(
  item: ItemOf[ListName],
  { valuesOf, isCaseless, finds }: FilterParameter,
  asked: readonly string[],
): boolean {
  const plain = (text: string) => (isCaseless ? text.toLowerCase() : text);
  return valuesOf(item).some((value) =>
    asked.some((one) => {
      if (finds === 'day') return value.slice(0, 10) >= one.slice(0, 10);
      return finds === 'part' ? plain(value).includes(plain(one)) : plain(value) === plain(one);
    }),
  );
}

function parametersOf(list: ListName): readonly { name: string; isList: boolean }[] {
  const operation = [...unifiedDescription.operations.values()].find(
    ({ method, path }) => method === 'get' && path === `/ats/${list}`,
  );
  if (!operation) throw new Error(`the description has no list ${list} of ${unifiedLists[list].schema}`);
  return operation.parameters.filter((parameter) => parameter.in === 'query');
}

function textsAt(value: unknown, path: readonly string[]): string[] {
  const [key, ...rest] = path;
  if (key === undefined) return typeof value === 'string' ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  const inner: unknown[] = key === '[]' ? (Array.isArray(value) ? value : []) : [Reflect.get(value, key)];
  return inner.flatMap((one) => textsAt(one, rest));
}
