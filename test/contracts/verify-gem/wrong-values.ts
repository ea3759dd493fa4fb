// Servers that send one field of one answer wrongly, made from the description: each field in each way that changes something.
import { gemDescription } from '../../../contracts/gem.ts';
import { below, isNode, nodeAt, referenceOf, walkSchema } from '../../../contracts/drift/document.ts';
import type { Recording, Told, WrongServer } from './recorded.ts';

/** A deviation that was made by a rule, not by hand. */
export interface MadeDeviation extends WrongServer {
  /** `Job.name null` */
  name: string;
  /** What is done: `null`, `missing`, `other case`. */
  kind: string;
  /** The operations whose answers differ; absent where it is no single one's. */
  operations?: readonly string[];
}

/** Every field that the recorded answers have, with each change that shows, in all answers alike. */
export function wrongValues(recording: Recording): MadeDeviation[] {
  const found = new Map<string, { field: Field; operations: Set<string> }>();
  for (const [operation, schema, body] of successes(recording)) {
    walkSchema(schema, body, (pointer, value, node) => {
      for (const field of fieldsOf(pointer, value, node)) {
        for (const kind of kindsThatShow(field, value)) {
          const key = `${field.name} ${kind}`;
          const known = found.get(key) ?? { field, operations: new Set() };
          found.set(key, known);
          known.operations.add(operation);
        }
      }
    });
  }
  return [...found].map(([name, { field, operations }]) => {
    const kind = name.slice(field.name.length + 1);
    return { name, kind, operations: [...operations], tell: changing(field, kind) };
  });
}

interface Field {
  /** The part of the description that has it. */
  pointer: string;
  key: string;
  /** `Job.name`, `Job.interviews.name` */
  name: string;
}

function fieldsOf(
  pointer: string,
  value: unknown,
  { properties }: Readonly<Record<string, unknown>>,
): Field[] {
  if (!isNode(properties) || !isNode(value) || Array.isArray(value)) return [];
  const own = pointer.split('/').filter((step) => !structure.has(step) && !/^\d*$/.test(step));
  return Object.keys(value)
    .filter((key) => key in properties)
    .map((key) => ({ pointer, key, name: [...own, key].join('.') }));
}

const structure = new Set([
  'components',
  'schemas',
  'properties',
  'items',
  'oneOf',
  'anyOf',
  'paths',
  'responses',
  'content',
  'schema',
  'application~1json',
]);

function kindsThatShow({ pointer, key }: Field, value: unknown): string[] {
  const inner = (value as Record<string, unknown>)[key];
  return Object.entries(changes)
    .filter(([, change]) => change(inner, below(pointer, 'properties', key)) !== same)
    .map(([kind]) => kind);
}

/** The changes leave out what they do not apply to. */
const same = Symbol('the same');
/** The field itself is taken away. */
const gone = Symbol('gone');

type Change = (value: unknown, pointer: string) => unknown;

const changes: Readonly<Record<string, Change>> = {
  missing: () => gone,
  null: (value) => (value === null ? same : null),
  'other type': (value) => {
    if (typeof value === 'string') return 7;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (Array.isArray(value)) return {};
    return isNode(value) ? [] : same;
  },
  'other case': (value) => {
    if (typeof value !== 'string') return same;
    const upper = value.toUpperCase();
    return upper === value ? unlessSame(value, value.toLowerCase()) : upper;
  },
  'other word': (value, pointer) => {
    const words = wordsAt(pointer);
    const at = words.indexOf(value);
    return at === -1 || words.length < 2 ? same : words[(at + 1) % words.length];
  },
  'with a blank': (value) => (typeof value === 'string' && value !== '' ? `${value} ` : same),
  opposite: (value) => (typeof value === 'boolean' ? !value : same),
  'off by one': (value) => {
    if (typeof value === 'number') return value + 1;
    if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value) || Number.isNaN(Date.parse(value)))
      return same;
    if (value.length === 10) return new Date(Date.parse(value) + 86_400_000).toISOString().slice(0, 10);
    return new Date(Date.parse(value) + 1000).toISOString();
  },
  reversed: (value) => (Array.isArray(value) ? unlessSame(value, value.toReversed()) : same),
  'first only': (value) => (Array.isArray(value) && value.length > 1 ? value.slice(0, 1) : same),
  empty: (value) => (Array.isArray(value) && value.length > 0 ? [] : same),
  'first doubled': (value) => (Array.isArray(value) && value.length > 0 ? [value[0], ...value] : same),
};

function unlessSame(value: unknown, other: unknown): unknown {
  return JSON.stringify(value) === JSON.stringify(other) ? same : other;
}

function wordsAt(pointer: string): readonly unknown[] {
  const node = nodeAt(pointer);
  if (!node) return [];
  if (Array.isArray(node['enum'])) return node['enum'];
  const reference = referenceOf(node);
  if (reference !== undefined) return wordsAt(reference);
  const branches = [node['oneOf'], node['anyOf']].find((one) => Array.isArray(one)) ?? [];
  return (branches as unknown[]).flatMap((_branch, index) =>
    wordsAt(below(pointer, Array.isArray(node['oneOf']) ? 'oneOf' : 'anyOf', index)),
  );
}

/** Changes a field in all answers to reading. */
function changing(field: Field, kind: string): NonNullable<WrongServer['tell']> {
  const change = changes[kind] ?? (() => same);
  const place = below(field.pointer, 'properties', field.key);
  const changed = new WeakMap<Told, Told>();
  return (told, asked) => {
    const id = asked.operation?.id;
    if (id === undefined) return told;
    const schema = successSchema(id, told);
    if (schema === undefined) return told;
    let known = changed.get(told);
    if (known) return known;
    const body = JSON.parse(told.text) as unknown;
    walkSchema(schema, body, (pointer, value) => {
      if (pointer !== field.pointer || !isNode(value) || !(field.key in value)) return;
      const record = value as Record<string, unknown>;
      const other = change(record[field.key], place);
      if (other === gone) delete record[field.key];
      else if (other !== same) record[field.key] = other;
    });
    changed.set(told, (known = { ...told, text: JSON.stringify(body) }));
    return known;
  };
}

function successSchema(id: string, { status }: Told): string | undefined {
  return status === 200 ? gemDescription.operations.get(id)?.answers.get(200) : undefined;
}

/** The answers to reading that succeeded, each with its operation and where its form is described. */
function successes(recording: Recording): [operation: string, schema: string, body: unknown][] {
  return recording.read().flatMap(({ told, operation }) => {
    const schema = operation && successSchema(operation.id, told);
    return operation && schema !== undefined
      ? [[operation.id, schema, JSON.parse(told.text)] as [string, string, unknown]]
      : [];
  });
}
