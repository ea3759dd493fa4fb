// What PostgreSQL takes: texts and JSON without what it refuses, and lists of any length.
import {
  sql,
  type RawBuilder,
  OperationNodeTransformer,
  type KyselyPlugin,
  type PrimitiveValueListNode,
  type ValueNode,
} from 'kysely';

/**
 * Writes a value as JSON that PostgreSQL can take. It refuses the NUL character and halves of surrogate pairs, and one
 * such text would spoil a whole page, so the former are dropped and the latter replaced.
 */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value);
  return unstorable.test(text) ? JSON.stringify(clean(value)) : text;
}

/**
 * Writes values as JSON arrays of a few megabytes each: a statement that is given hundreds of them at once takes more memory
 * than the embedded database has.
 */
export function toJsonArrays(values: readonly unknown[]): string[] {
  const arrays: string[] = [];
  let [texts, length]: [string[], number] = [[], 0];
  for (const value of values) {
    const text = toJson(value);
    if (length > 0 && length + text.length > largestArray) {
      arrays.push(`[${texts.join(',')}]`);
      [texts, length] = [[], 0];
    }
    texts.push(text);
    length += text.length;
  }
  if (texts.length > 0) arrays.push(`[${texts.join(',')}]`);
  return arrays;
}

/** Characters. */
const largestArray = 4_000_000;

const unstorable = /\\u(?:0000|d[89a-f])/i;

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed();
  if (Array.isArray(value)) return value.map(clean);
  // A number with all its digits is an object, but has no entries.
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [String(clean(key)), clean(inner)]));
}

/**
 * A condition: the column has one of these values, however many they are.
 *
 * @param values undefined for no condition
 */
export function within(column: string, values: readonly string[] | undefined): RawBuilder<boolean> {
  if (values === undefined) return sql`true`;
  return sql`${sql.ref(column)} in (select json_array_elements_text(${toJson(values)}::json))`;
}

/**
 * PostgreSQL's texts hold every character but one, and a query that brings it fails as a whole. Whatever text comes this
 * far, from a caller, from Gem or from a file, goes into the database without it.
 */
export const storableTexts: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => cleaner.transformNode(node, queryId),
  transformResult: ({ result }) => Promise.resolve(result),
};

class Cleaner extends OperationNodeTransformer {
  override transformValue(node: ValueNode): ValueNode {
    return { ...node, value: withoutNul(node.value) };
  }
  override transformPrimitiveValueList(node: PrimitiveValueListNode): PrimitiveValueListNode {
    return { ...node, values: node.values.map(withoutNul) };
  }
}

const cleaner = new Cleaner();

function withoutNul(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '') : value;
  return Array.isArray(value) ? value.map(withoutNul) : value;
}
