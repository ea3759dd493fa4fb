import { html, type Html } from './html.ts';
import { follow, type DocumentNode, type OperationNode, type ParameterNode } from './nodes.ts';

/** What a server knows that makes the examples of its page work as they stand. */
export interface Sample {
  /** What stands before the paths of the description: `http://127.0.0.1:4010`. */
  url: string;
  /** What lets a caller in. `$NAME` in a value is for the shell to fill in. */
  headers: Readonly<Record<string, string>>;
  /** Optional parameters of queries that are given, where an operation has them. */
  query?: Readonly<Record<string, unknown>>;
  /** What parameters and fields of a body may be in a call of an operation, by their names. */
  valuesOf(operationId: string): Readonly<Record<string, unknown>>;
}

/** A call of an operation that works as it stands, but for what a shell has to fill in. */
export interface ExampleCall {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  /** None where the operation takes none, or where nothing is known that it takes. */
  body?: ExampleBody;
}

/** A body: JSON, or the fields of a form, of which a name such as `resume.pdf` stands for a file. */
type ExampleBody =
  | { type: string; json: unknown }
  | { type: string; fields: Readonly<Record<string, string>> };

/** The call of an operation with what a server knows. */
export function callOf(
  document: DocumentNode,
  { path, method, operation }: { path: string; method: string; operation: OperationNode },
  { url, headers, query: optional = {}, valuesOf }: Sample,
): ExampleCall {
  const values = valuesOf(operation.operationId ?? '');
  const given = (operation.parameters ?? []).flatMap((node) => {
    const parameter = follow<ParameterNode>(document, node);
    const isLeftOut = parameter.in === 'query' && parameter.required !== true;
    const value = isLeftOut ? optional[parameter.name] : (values[parameter.name] ?? exampleOf(parameter));
    return value === undefined ? [] : [{ ...parameter, value: String(value) }];
  });
  const at = (place: string) => given.filter((one) => one.in === place);
  const filled = at('path').reduce(
    (text, { name, value }) => text.replace(`{${name}}`, () => inPath(value)),
    path,
  );
  const search = at('query')
    .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  const isOpen = (operation.security ?? document.security ?? []).length === 0;
  const own = at('header').map(({ name, value }) => [name, value] as const);
  // A name that stands in the path means something else in the body.
  const taken = new Set(at('path').map(({ name }) => name));
  const rest = Object.fromEntries(Object.entries(values).filter(([name]) => !taken.has(name)));
  const body = bodyOf(operation, rest);
  return {
    method: method.toUpperCase(),
    url: `${url}${filled}${search === '' ? '' : `?${search}`}`,
    headers: { ...(isOpen ? {} : headers), ...Object.fromEntries(own) },
    ...(body && { body }),
  };
}

/** A call as a command for a shell. */
export function curlOf({ method, url, headers, body }: ExampleCall): string {
  const flags = body === undefined ? [] : flagsOf(body);
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quote(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...flags,
  ];
  // A file of a form is what the command reads.
  const before = body && 'fields' in body ? "printf '%%PDF-1.4' | " : '';
  return `${before}${lines.join(' \\\n  ')}`;
}

/** The same, ready to be read and copied, and to be tried by the page's script. */
export function exampleBlock(call: ExampleCall): Html {
  return html`<h4>Example</h4>
    <pre><code>${curlOf(call)}</code></pre>
    <data class="call" value="${JSON.stringify(call)}" hidden></data>`;
}

/** An answer as the description gives an example of it. */
export function jsonBlock(value: unknown): Html {
  return html`<pre><code>${JSON.stringify(value, undefined, 2)}</code></pre>`;
}

/** The example of a body, with what the server knows in the place of its values. */
export function fill(example: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(example)) return example.map((item) => fill(item, values));
  if (typeof example !== 'object' || example === null) return example;
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => [name, values[name] ?? fill(value, values)]),
  );
}

function bodyOf(
  { requestBody }: OperationNode,
  values: Readonly<Record<string, unknown>>,
): ExampleBody | undefined {
  const [[type, content] = []] = Object.entries(requestBody?.content ?? {});
  if (type === undefined || content === undefined) return undefined;
  const filled = content.example === undefined ? undefined : fill(content.example, values);
  if (filled === undefined || type === 'application/json') return { type, json: filled };
  return { type, fields: filled as Record<string, string> };
}

/** How a body is given to curl: as JSON, or as a form. */
function flagsOf(body: ExampleBody): string[] {
  if ('fields' in body) {
    return Object.entries(body.fields).map(
      ([name, value]) => `-F ${quote(`${name}=${isFile(value) ? `@-;filename=${value}` : value}`)}`,
    );
  }
  const { type, json } = body;
  const given = json === undefined ? '@body.json' : quote(inOneLine(json), false);
  return [`-H ${quote(`Content-Type: ${type}`)}`, `-d ${given}`];
}

function exampleOf({ example, schema }: ParameterNode): unknown {
  return example ?? schema.examples?.[0];
}

function inPath(value: string): string {
  return value.startsWith('$') ? value : encodeURIComponent(value);
}

/** A word for a shell, which fills in `$NAME` where that is meant. */
export function quote(text: string, isFilledIn = /\$[A-Z]/.test(text)): string {
  return isFilledIn
    ? `"${text.replaceAll(/["\\`]/g, String.raw`\$&`)}"`
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** JSON that can be read, and goes on in the next line of a narrow page. */
function inOneLine(value: unknown): string {
  return JSON.stringify(value, undefined, 1).replaceAll(/\n */g, ' ');
}

/** Whether the example of a field is the name of a file. */
function isFile(text: string): boolean {
  return /^\w+\.\w+$/.test(text);
}
