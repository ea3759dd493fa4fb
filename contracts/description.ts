// Reads an OpenAPI 3.1 document once and lists its operations, so that no other code spells a path.

/** How well a promise is known: stated by the vendor, seen in the wild, inherited from the lineage, or guessed. */
export type Grade = 'documented' | 'observed' | 'lineage' | 'assumed';

/** Where a promise comes from. */
export interface Evidence {
  grade: Grade;
  source: string;
}

/** One query or path parameter, with its `$ref` already followed. */
export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required: boolean;
  isList: boolean;
  schema: object;
  schemaPointer: string;
}

/** One operation of a description, ready to be mounted, called or listed. */
export interface Operation {
  id: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  summary: string;
  tags: readonly string[];
  isAnonymous: boolean;
  parameters: readonly Parameter[];
  body:
    | {
        contentType: string;
        required: boolean;
        schemaPointer: string;
        /** The fields of a form that hold a file. */
        files: ReadonlySet<string>;
      }
    | undefined;
  /** JSON pointers to the schema of each declared answer, by status; undefined where an answer has no JSON body. */
  answers: ReadonlyMap<number, string | undefined>;
  evidence: Evidence;
}

/** An OpenAPI document together with its operations by `operationId`. */
export interface Description {
  name: string;
  document: object;
  operations: ReadonlyMap<string, Operation>;
}

/**
 * Reads a bundled OpenAPI document.
 *
 * @param name a short name, used to address its schemas
 * @param document the parsed document; it is not changed
 * @throws Error when an operation has no `operationId` or no `x-evidence`
 */
export function readDescription(name: string, document: object): Description {
  const root = document as Node;
  const operations = new Map<string, Operation>();
  for (const [path, item] of entries(root['paths'])) {
    for (const method of methods) {
      if (item[method]) {
        const operation = readOperation(root, path, method, item);
        operations.set(operation.id, operation);
      }
    }
  }
  return { name, document, operations };
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

// A parsed document is a tree of anything. It is walked as if every value were a node; where a value is used as what
// it really is, a cast says so, and OpenAPI says why it holds.
interface Node {
  [key: string]: Node;
}

function readOperation(root: Node, path: string, method: Operation['method'], item: Node): Operation {
  const node = item[method] as Node;
  const id = text(node['operationId']);
  if (!id) throw new Error(`${method} ${path} has no operationId`);
  if (!node['x-evidence']) throw new Error(`${id} has no x-evidence`);
  const here = `/paths/${escapePointer(path)}/${method}`;
  const security = (node['security'] ?? root['security']) as unknown as unknown[] | undefined;
  return {
    id,
    method,
    path,
    summary: text(node['summary']),
    tags: (node['tags'] as unknown as string[] | undefined) ?? [],
    isAnonymous: security?.length === 0,
    parameters: [
      ...readParameters(root, item['parameters'], `/paths/${escapePointer(path)}`),
      ...readParameters(root, node['parameters'], here),
    ],
    body: readBody(root, node, here),
    answers: readAnswers(root, node, here),
    evidence: node['x-evidence'] as unknown as Evidence,
  };
}

function readParameters(root: Node, list: Node | undefined, here: string): Parameter[] {
  const nodes = (list as unknown as Node[] | undefined) ?? [];
  return nodes.map((entry, index) => {
    const [node, pointer] = follow(root, entry, `${here}/parameters/${index}`);
    const [schema] = follow(root, node['schema'] as Node, `${pointer}/schema`);
    return {
      name: text(node['name']),
      in: text(node['in']) as Parameter['in'],
      required: (node['required'] as unknown) === true,
      isList: text(schema['type']) === 'array',
      schema,
      schemaPointer: `${pointer}/schema`,
    };
  });
}

function readBody(root: Node, operation: Node, here: string): Operation['body'] {
  if (!operation['requestBody']) return undefined;
  const [node, pointer] = follow(root, operation['requestBody'], `${here}/requestBody`);
  const [contentType] = Object.keys(node['content'] as Node);
  if (!contentType) return undefined;
  const schemaPointer = `${pointer}/content/${escapePointer(contentType)}/schema`;
  const [schema] = follow(root, node['content']?.[contentType]?.['schema'] as Node, schemaPointer);
  const files = entries(schema['properties']).filter(([, field]) => text(field['format']) === 'binary');
  return {
    contentType,
    required: (node['required'] as unknown) === true,
    schemaPointer,
    files: new Set(files.map(([name]) => name)),
  };
}

function readAnswers(root: Node, operation: Node, here: string): Map<number, string | undefined> {
  const answers = new Map<number, string | undefined>();
  for (const [status, entry] of entries(operation['responses'])) {
    const [node, pointer] = follow(root, entry, `${here}/responses/${status}`);
    const hasJson = node['content']?.['application/json'] !== undefined;
    answers.set(
      Number(status),
      hasJson ? `${pointer}/content/${escapePointer('application/json')}/schema` : undefined,
    );
  }
  return answers;
}

function follow(root: Node, node: Node, pointer: string): [Node, string] {
  const reference = node['$ref'] as unknown as string | undefined;
  if (!reference) return [node, pointer];
  const target = reference.slice(1);
  const found = target
    .split('/')
    .slice(1)
    .reduce<Node | undefined>((at, key) => at?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], root);
  if (!found) throw new Error(`${reference} leads nowhere`);
  return follow(root, found, target);
}

function entries(node: Node | undefined): [string, Node][] {
  return Object.entries(node ?? {});
}

function text(node: Node | undefined): string {
  return typeof node === 'string' ? node : '';
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
