// What a capture of a real account makes of each field that Gem sends: `x-capture`, beside the field in the description.
// What stands nowhere is refused here, so that no field comes through because nobody thought of it.

const actions = ['keep', 'pseudonym', 'shift', 'text', 'file', 'drop'] as const;

/** What becomes of one value. */
export interface Policy {
  action: (typeof actions)[number];
  /** What is kept, such as a `title`, of which rare values are replaced; or whose stand-in it becomes, such as a `phone`. */
  kind?: string | undefined;
  /** The words that the description knows, where it lists them. */
  words?: readonly unknown[] | undefined;
}

/** The policies of an object by its fields, or that of a value; a list has that of its items. */
export type Policies = { fields: ReadonlyMap<string, Policies> } | { value: Policy };

/** Something in the description that does not compile into policies. */
export interface PolicyProblem {
  /** Where, as keys from the outside in. */
  path: (string | number)[];
  message: string;
}

const pseudonymKinds = [
  'name',
  'email',
  'phone',
  'id',
  'link',
  'handle',
  'filename',
  'amount',
  'custom',
] as const;

/** Whose stand-in a value can become. */
export type PseudonymKind = (typeof pseudonymKinds)[number];

/** Whether a word is the kind of a pseudonym. */
export function isPseudonymKind(word: string | undefined): word is PseudonymKind {
  return pseudonymKinds.some((kind) => kind === word);
}

/**
 * Compiles the policies of all that a description's operations answer with.
 *
 * @returns the policies by the names of the schemas, and what is missing or wrong
 */
export function compilePolicies(document: object): {
  policies: ReadonlyMap<string, Policies>;
  problems: PolicyProblem[];
} {
  // A bundled OpenAPI document; that it is one was checked when it was generated.
  const root = document as Document;
  const policies = new Map<string, Policies>();
  const problems: PolicyProblem[] = [];

  const answers = Object.values(root.paths).flatMap((item) =>
    Object.values(item).flatMap((operation) => Object.values(operation.responses ?? {})),
  );
  for (const answer of answers) {
    const name = answer.$ref?.split('/').at(-1) ?? '';
    const schema = (answer.$ref ? root.components.responses[name] : answer)?.content?.['application/json'];
    for (const used of schema ? referencesIn(schema.schema) : []) compileNamed(used);
  }
  return { policies, problems };

  function compileNamed(name: string): void {
    if (policies.has(name)) return;
    policies.set(name, { fields: new Map() });
    const schema = root.components.schemas[name] ?? {};
    policies.set(name, compile(schema, ['components', 'schemas', name], undefined));
    for (const used of referencesIn(schema)) compileNamed(used);
  }

  /** @param around the policy beside the field that holds this, for what has another meaning in each place */
  function compile(schema: Schema, path: (string | number)[], around: string | undefined): Policies {
    const policy = schema['x-capture'] ?? around;
    const [parts, enumerated] = spread(schema, path);
    const own = parts.map(({ schema: part }) => part['x-capture']).find((word) => word !== undefined);
    const objects = parts.filter(({ schema: part }) => part.properties !== undefined);
    if (objects.length === 0 || policy === 'drop' || policy === 'file') {
      return { value: read(policy ?? own, parts, enumerated, path) };
    }
    const fields = new Map<string, Policies>();
    for (const { schema: part, path: place } of objects) {
      for (const [key, field] of Object.entries(part.properties ?? {})) {
        const here = [...place, 'properties', key];
        if (fields.has(key)) continue;
        const named = field['x-capture'] === 'keep named';
        // What an object calls itself is of a kind that only the field around it knows.
        if (named && policy === undefined) fields.set(key, { value: { action: 'keep', kind: 'named' } });
        else fields.set(key, compile(named ? { ...field, 'x-capture': policy } : field, here, undefined));
      }
    }
    const needs = objects.some(({ schema: part }) =>
      Object.values(part.properties ?? {}).some((field) => field['x-capture'] === 'keep named'),
    );
    if (needs && policy === undefined && path.length > 3)
      complain(path, `says nothing of what it names; ${howTo}`);
    return { fields };
  }

  function read(
    text: string | undefined,
    parts: readonly Part[],
    words: readonly unknown[] | undefined,
    path: (string | number)[],
  ): Policy {
    const dropped: Policy = { action: 'drop' };
    if (text === undefined) {
      // A schema by itself that is no object is decided by the fields that use it.
      if (path.length > 3) complain(path, `has no x-capture; ${howTo}`);
      return dropped;
    }
    const [action = '', kind] = text.split(' ');
    const isFree = words === undefined && parts.some(({ schema }) => !isClosed(schema));
    if (action === 'keep' && kind === undefined && isFree) {
      complain(
        path,
        `is any text, which cannot be kept without a kind: write x-capture: keep title, or what else it is`,
      );
      return dropped;
    }
    if (action === 'pseudonym' && !isPseudonymKind(kind)) {
      complain(path, `has x-capture: ${text}; a pseudonym is one of ${pseudonymKinds.join(', ')}`);
      return dropped;
    }
    if (action !== 'keep' && action !== 'pseudonym' && (!isAction(action) || kind !== undefined)) {
      complain(path, `has x-capture: ${text}, which is none; ${howTo}`);
      return dropped;
    }
    return { action: action as Policy['action'], ...(kind && { kind }), ...(words && { words }) };
  }

  function complain(path: (string | number)[], message: string): void {
    problems.push({ path, message });
  }

  /** All forms that a value may have, references followed and lists taken for their items; and its words, if all are listed. */
  function spread(schema: Schema, path: (string | number)[]): [Part[], readonly unknown[] | undefined] {
    if (schema.$ref !== undefined) {
      const name = schema.$ref.split('/').at(-1) ?? '';
      const target = root.components.schemas[name] ?? {};
      return spread(target, ['components', 'schemas', name]);
    }
    for (const keyword of ['oneOf', 'anyOf'] as const) {
      const branches = schema[keyword];
      if (branches) {
        const parts = branches.flatMap((branch, index) => spread(branch, [...path, keyword, index])[0]);
        return [[{ schema: { 'x-capture': schema['x-capture'], type: 'null' }, path }, ...parts], undefined];
      }
    }
    if (schema.items) return spread(schema.items, [...path, 'items']);
    return [[{ schema, path }], schema.enum];
  }
}

const howTo =
  'write what a capture makes of it: keep (a switch, a number, a word of a list), keep and what it is (keep title), ' +
  `pseudonym and whose (${pseudonymKinds.join(', ')}), shift, text, file or drop`;

function isAction(word: string): word is Policy['action'] {
  return actions.some((action) => action === word);
}

/** Whether every value of a schema is known from the description, or says nothing by itself. */
function isClosed({ type, enum: words }: Schema): boolean {
  return (
    words !== undefined ||
    [type].flat().every((one) => one !== undefined && one !== 'string' && one !== 'object')
  );
}

/** The schemas that a schema speaks of. */
function referencesIn(schema: Schema): string[] {
  if (schema.$ref !== undefined) return [schema.$ref.split('/').at(-1) ?? ''];
  const below = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.oneOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.items ? [schema.items] : []),
    ...(typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []),
  ];
  return below.flatMap(referencesIn);
}

interface Part {
  schema: Schema;
  path: (string | number)[];
}

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  'x-capture'?: string | undefined;
}

interface Answer {
  $ref?: string;
  content?: Record<string, { schema: Schema }>;
}

interface Document {
  paths: Record<string, Record<string, { responses?: Record<string, Answer> }>>;
  components: { schemas: Record<string, Schema>; responses: Record<string, Answer> };
}
