import type { Evidence } from '../description.ts';

/** The parts of an OpenAPI document that the page shows. */
export interface DocumentNode {
  info: { title: string; version: string; summary?: string; description?: string };
  security?: SecurityNode[];
  tags?: { name: string; description?: string }[];
  components: {
    schemas: Record<string, SchemaNode>;
    parameters?: Record<string, ParameterNode>;
    responses?: Record<string, AnswerNode>;
  };
  paths: Record<string, Record<string, OperationNode>>;
  /** What is sent to those who asked for it, by name. */
  webhooks?: Record<string, Record<string, OperationNode>>;
}

/** The headers that a caller sends together, each by the name of its scheme. */
type SecurityNode = Record<string, unknown>;

export interface OperationNode extends Proven {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  deprecated?: boolean;
  security?: SecurityNode[];
  parameters?: (ParameterNode | Reference)[];
  requestBody?: { content: Record<string, ContentNode> };
  responses?: Record<string, AnswerNode | Reference>;
}

export interface ParameterNode extends Proven {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  example?: unknown;
  schema: SchemaNode;
}

export interface AnswerNode extends Proven {
  description?: string;
  content?: Record<string, ContentNode>;
}

export interface ContentNode {
  schema: SchemaNode;
  example?: unknown;
}

export interface SchemaNode extends Proven {
  $ref?: string;
  title?: string;
  type?: string | string[];
  description?: string;
  const?: unknown;
  enum?: unknown[];
  examples?: unknown[];
  format?: string;
  pattern?: string;
  contentEncoding?: string;
  items?: SchemaNode;
  oneOf?: SchemaNode[];
  anyOf?: SchemaNode[];
  properties?: Record<string, SchemaNode>;
  patternProperties?: Record<string, SchemaNode>;
  additionalProperties?: boolean | SchemaNode;
  required?: string[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** Whatever says how well it is known, and which other forms the facts leave open. */
export interface Proven {
  'x-evidence'?: Evidence;
  'x-alternatives'?: (string | null)[];
}

export interface Reference {
  $ref: string;
}

/** Whether a node is only a reference to one that stands elsewhere. */
export function isReference(node: object): node is Reference {
  return '$ref' in node && typeof node.$ref === 'string';
}

/** What a reference leads to; anything else is itself. */
export function follow<Node extends object>(document: DocumentNode, node: Node | Reference): Node {
  if (!isReference(node)) return node;
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
