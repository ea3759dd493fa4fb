import type { Evidence } from '../description.ts';

/** The parts of an OpenAPI document that the page shows. */
export interface DocumentNode {
  info: { title: string; version: string; summary?: string; description?: string };
  components: {
    schemas: Record<string, SchemaNode>;
    parameters?: Record<string, ParameterNode>;
    responses?: Record<string, AnswerNode>;
  };
  paths: Record<string, Record<string, OperationNode>>;
  /** What is sent to those who asked for it, by name. */
  webhooks?: Record<string, Record<string, OperationNode>>;
}

export interface OperationNode {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  deprecated?: boolean;
  parameters?: (ParameterNode | Reference)[];
  requestBody?: { content: Record<string, { schema: SchemaNode }> };
  responses?: Record<string, AnswerNode | Reference>;
  'x-evidence'?: Evidence;
  'x-alternatives'?: (string | null)[];
}

export interface ParameterNode {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: SchemaNode;
  'x-evidence'?: Evidence;
  'x-alternatives'?: (string | null)[];
}

export interface AnswerNode {
  description?: string;
  content?: Record<string, { schema: SchemaNode }>;
  'x-evidence'?: Evidence;
  'x-alternatives'?: (string | null)[];
}

export interface SchemaNode {
  $ref?: string;
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  format?: string;
  items?: SchemaNode;
  oneOf?: SchemaNode[];
  properties?: Record<string, SchemaNode>;
  required?: string[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  'x-evidence'?: Evidence;
  'x-alternatives'?: (string | null)[];
}

export interface Reference {
  $ref: string;
}

/** What a reference leads to; anything else is itself. */
export function follow<Node extends object>(document: DocumentNode, node: Node | Reference): Node {
  if (!('$ref' in node) || typeof node.$ref !== 'string') return node as Node;
  const found = node.$ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);
  return found as Node;
}

/** The name of what a reference leads to, or leads into: `#/components/schemas/<name>/…`. */
export function nameOf(reference: string): string {
  return reference.split('/')[3] ?? reference;
}
