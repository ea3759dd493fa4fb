import {
  OperationNodeTransformer,
  type KyselyPlugin,
  type PrimitiveValueListNode,
  type ValueNode,
} from 'kysely';

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
    return { ...node, value: clean(node.value) };
  }
  override transformPrimitiveValueList(node: PrimitiveValueListNode): PrimitiveValueListNode {
    return { ...node, values: node.values.map(clean) };
  }
}

const cleaner = new Cleaner();

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '') : value;
  return Array.isArray(value) ? value.map(clean) : value;
}
