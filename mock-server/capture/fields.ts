import { compilePolicies, type Policies, type Policy } from '../../contracts/capture-policy.ts';
import { gemDescription, type GemSchemas } from '../../contracts/gem.ts';
import { ownMember } from '../../seeds/index.ts';

/** A record as Gem sends it, by the name of its schema. */
export type WireSchema = keyof GemSchemas;

/** One value that a policy decides about. */
export interface Leaf {
  policy: Policy;
  value: unknown;
  /** The name of its field. */
  key: string;
  /** The object that holds it. */
  holder: Readonly<Record<string, unknown>>;
  /** How deep it stands; the fields of the record itself are at 1. */
  depth: number;
}

const { policies, problems } = compilePolicies(gemDescription.document);
if (problems.length > 0) {
  throw new Error(
    `the description of Gem does not say what a capture makes of ${problems[0]?.path.join('.')}`,
  );
}

/**
 * Makes another record of one, value by value. Only what the description knows comes through.
 *
 * @param change gives what a value becomes; undefined leaves the field out
 * @param onUnknown is told of each field that the description does not know, such as `Candidate.foo`
 * @throws Error for a schema that no answer of Gem has
 */
export function mapRecord(
  schema: WireSchema,
  record: unknown,
  change: (leaf: Leaf) => unknown,
  onUnknown: (place: string) => void = () => {},
): unknown {
  const known = policies.get(schema);
  if (!known) throw new Error(`no answer of Gem holds a ${schema}`);
  return mapValue(known, record, { key: schema, holder: {}, depth: 0 }, change, onUnknown, schema);
}

function mapValue(
  known: Policies,
  value: unknown,
  at: Omit<Leaf, 'policy' | 'value'>,
  change: (leaf: Leaf) => unknown,
  onUnknown: (place: string) => void,
  place: string,
): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => {
      const mapped = mapValue(known, item, at, change, onUnknown, place);
      return mapped === undefined ? [] : [mapped];
    });
  }
  if ('value' in known)
    return known.value.action === 'drop' ? undefined : change({ ...at, policy: known.value, value });
  if (typeof value !== 'object') {
    onUnknown(place);
    return undefined;
  }
  const holder = value as Readonly<Record<string, unknown>>;
  const mapped: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(holder)) {
    const field = known.fields.get(key);
    if (!field) {
      onUnknown(`${place}.${key}`);
      continue;
    }
    const made = mapValue(
      field,
      item,
      { key, holder, depth: at.depth + 1 },
      change,
      onUnknown,
      `${place}.${key}`,
    );
    if (made !== undefined) mapped[key] = made;
  }
  return mapped;
}

/** Whom a record says something of: a person where it is about one, and otherwise the record itself; nobody for what only defines words. */
export function carrierOf(schema: WireSchema, record: unknown): string | undefined {
  const field = carriers[schema];
  if (field === undefined || typeof record !== 'object' || record === null) return undefined;
  const id = ownMember(record as Record<string, unknown>, field);
  return typeof id === 'string' ? id : undefined;
}

const carriers: Readonly<Partial<Record<WireSchema, string>>> = {
  Candidate: 'id',
  CrmCandidate: 'id',
  User: 'id',
  Application: 'candidate_id',
  ScheduledInterview: 'candidate_id',
  Scorecard: 'candidate_id',
  Offer: 'candidate_id',
  Job: 'id',
  Opening: 'id',
};

/** What a record calls itself, such as a job its name: that says nothing of who carries the name. */
export function isOwnName(schema: WireSchema, { key, depth }: Leaf): boolean {
  return schema === 'Job' && key === 'name' && depth === 1;
}
