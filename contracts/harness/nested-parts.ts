// Where an item shows another record, and which of its fields are that record's own: read from the unified description, so that
// none is forgotten.
import { unifiedDescription } from '../unified.ts';
import { listNames, unifiedLists, type ListName } from './lists.ts';

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
