import { fc } from '@fast-check/vitest';
import type { Operation } from '../../../../contracts/description.ts';
import { unifiedDescription } from '../../../../contracts/unified.ts';
import { FromSchema } from '../../../support/arbitraries/from-schema.ts';
import {
  brokenBytes,
  encode,
  exchange,
  mostly,
  nonsense,
  writeRequest as write,
} from '../../../support/raw-requests.ts';

/** A connector to be asked. */
export interface Target {
  url: string;
  apiKey: string;
  integrationId: string;
  /** The key of its Gem account. */
  gemKey: string;
}

/** A request as it goes over the wire. */
export interface FuzzedRequest {
  kind: 'call' | 'page' | 'file' | 'bytes';
  text: string;
}

/** What came of a request, and why that is wrong, if it is. */
export interface Outcome {
  request: string;
  status: number;
  milliseconds: number;
  body: string;
  wrong?: string;
}

/** What leads somewhere: ids of each kind, links to pages and to files. */
export interface Known {
  target: Target;
  ids: string[];
  tokens: string[];
  files: string[];
}

/** Asks a connector for what leads somewhere. */
export async function knownOf(target: Target): Promise<Known> {
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = {
      Authorization: `Bearer ${target.apiKey}`,
      'X-Integration-Id': target.integrationId,
      'Content-Type': 'application/json',
    };
    const response = await fetch(`${target.url}/v1${path}`, { ...init, headers });
    return JSON.parse(await response.text()).data;
  };
  const ids: string[] = [];
  for (const list of ['users', 'jobs', 'candidates', 'applications', 'application-stages']) {
    const { results } = await ask(`/ats/${list}?page_size=6`);
    for (const { id, remote_id } of results) ids.push(id, remote_id, `remote:${remote_id}`);
  }
  const tokens: string[] = [];
  for (const link_type of ['EMBEDDED', 'MAGIC_LINK']) {
    const body = {
      end_user_email: 'a@example.com',
      end_user_organization_name: 'A',
      integration_category: 'ATS',
      link_type,
    };
    const { link } = await ask('/connect/create-link', { method: 'POST', body: JSON.stringify(body) });
    tokens.push(new URL(link).pathname.split('/').at(-1) ?? '');
  }
  const files: string[] = [];
  for (const { id } of (await ask('/ats/candidates?page_size=40')).results) {
    const { results = [] } = (await ask(`/ats/candidates/${id}/attachments`)) ?? {};
    for (const { data_url } of results)
      if (files.length < 4) files.push(new URL(data_url).pathname.split('/').at(-1) ?? '');
  }
  return { target, ids, tokens, files };
}

/** Requests to everything, most of them nearly right. */
export function anyRequest(known: Known): fc.Arbitrary<FuzzedRequest> {
  const calls = fc.oneof(
    ...[...unifiedDescription.operations.values()].map((operation) => callOf(known, operation)),
  );
  const well = fc.oneof({ weight: 6, arbitrary: calls }, pageOf(known), fileOf(known));
  return fc.oneof({ weight: 8, arbitrary: well }, { weight: 1, arbitrary: bytesLike(well) });
}

function callOf({ target, ids }: Known, operation: Operation): fc.Arbitrary<FuzzedRequest> {
  const schemas = new FromSchema(unifiedDescription.document, ids);
  const query = operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, schema, isList }) =>
      fc.tuple(
        fc.oneof({ weight: 10, arbitrary: fc.constant(name) }, fc.constantFrom(`${name}[]`, `${name}[0]`)),
        fc.option(
          isList
            ? fc.array(fc.constantFrom(...ids), { maxLength: 1200, size: 'xlarge' }).map(String)
            : mostly(schemas.value(schema)),
        ),
      ),
    );
  const json = operation.body
    ? schemas.at(operation.body.schemaPointer).map(withoutAddresses)
    : fc.constant('');
  // What would end the only integration is done to one that is not there.
  const isFatal = operation.id === 'deleteIntegration' || operation.id === 'setIntegrationEnabled';
  const integration = isFatal ? 'gem:8d1hpPsbjxUkoCoa1veLZGe5' : target.integrationId;
  return fc
    .record({
      method: fc.oneof(
        { weight: 30, arbitrary: fc.constant(operation.method.toUpperCase()) },
        fc.constantFrom('HEAD', 'OPTIONS', 'PATCH', 'TRACE'),
      ),
      names: fc.array(mostly(fc.constantFrom(...ids)), { minLength: 3, maxLength: 3 }),
      query: fc.tuple(...query),
      body: fc.oneof(
        { weight: 12, arbitrary: json },
        fc.constantFrom('', '[', 'null', '[]', '"\\u0000"', '['.repeat(5000)),
      ),
      type: mostly(fc.constant('application/json')),
      caller: mostly(fc.constant(target.integrationId)),
      key: fc.oneof({ weight: 30, arbitrary: fc.constant(target.apiKey) }, nonsense),
    })
    .map(({ method, names, query: parameters, body, type, caller, key }) => {
      const left = [...names];
      const fixed: Record<string, string> = {
        integration_id: integration,
        tool: 'gem',
        api: 'api',
        category: 'ats',
      };
      const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        encode(fixed[name] ?? left.pop() ?? 'x'),
      );
      const search = parameters
        .filter(([, value]) => value !== null)
        .map(
          ([name, value]) => `${name}=${encode(typeof value === 'string' ? value : JSON.stringify(value))}`,
        );
      const headers = {
        Authorization: `Bearer ${key}`,
        'X-Integration-Id': caller,
        ...(body !== '' && { 'Content-Type': type }),
      };
      return { kind: 'call', text: write(method, `/v1${path}?${search.join('&')}`, headers, body) };
    });
}

function pageOf({ target, tokens }: Known): fc.Arbitrary<FuzzedRequest> {
  const token = mostly(fc.constantFrom(...tokens, 'guide', 'unknown'));
  const step = fc.constantFrom('', '/key', '/back', '/finish', '/nothing');
  const field = fc.tuple(
    mostly(fc.constantFrom('form_token', 'key', 'user', 'source', 'tracking_link', 'job_board')),
    mostly(fc.constantFrom(target.gemKey, 'https://jobs.gem.com/a/sources/b', 'acme')),
  );
  const form = fc.array(field, { maxLength: 6 });
  return fc
    .tuple(fc.constantFrom('GET', 'POST', 'PUT', 'HEAD'), token, step, form)
    .map(([method, name, where, fields]) => {
      const body =
        method === 'GET' ? '' : fields.map(([key, value]) => `${encode(key)}=${encode(value)}`).join('&');
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      return { kind: 'page', text: write(method, `/connect/${encode(name)}${where}`, headers, body) };
    });
}

function fileOf({ files }: Known): fc.Arbitrary<FuzzedRequest> {
  const token = fc.oneof(
    mostly(fc.constantFrom(...files, 'x')),
    fc.constantFrom(...files, 'x').map((file) => `${file.slice(0, -2)}xx`),
  );
  return fc
    .tuple(fc.constantFrom('GET', 'HEAD', 'POST'), token)
    .map(([method, name]) => ({ kind: 'file', text: write(method, `/files/${encode(name)}`, {}, '') }));
}

function bytesLike(request: fc.Arbitrary<FuzzedRequest>): fc.Arbitrary<FuzzedRequest> {
  return request.chain(({ text }) => brokenBytes(text)).map((text) => ({ kind: 'bytes', text }));
}

/** Addresses outside would be asked for: whoever is asked instead refuses at once. */
function withoutAddresses(body: unknown): string {
  return JSON.stringify(body).replaceAll(/"https?:[^"]*"/g, '"http://127.0.0.1:9/x"');
}

/** Sends a request on a connection of its own, and judges what comes back. */
export async function send(
  { url }: Target,
  { kind, text }: FuzzedRequest,
  patience: number,
): Promise<Outcome> {
  const hangsUp = kind === 'bytes';
  const { status, head, body, milliseconds } = await exchange(url, text, { patience, hangsUp });
  const outcome = { request: text.slice(0, 2000), status, milliseconds, body: body.slice(0, 500) };
  const wrong = milliseconds >= patience ? 'late' : judge(kind, status, head, body, text);
  return wrong === undefined ? outcome : { ...outcome, wrong };
}

function judge(kind: string, status: number, head: string, body: string, text: string): string | undefined {
  if (status === 0) return kind === 'bytes' ? undefined : 'no answer';
  if (status >= 500) return 'an error of ours';
  if (!/^X-Content-Type-Options: nosniff$/im.test(head) || !/^Cache-Control: no-store$/im.test(head))
    return 'kept';
  if ((text.includes('HEAD ') && body === '') || status === 303) return undefined;
  if (/^Content-Type: text\/html/im.test(head)) return /connect|docs/.test(text) ? undefined : 'a page';
  if (/^Content-Disposition: attachment/im.test(head)) return undefined;
  if (!/^Content-Type: application\/json/im.test(head)) return 'no type';
  return kind === 'bytes' ? envelopeIn(body.split('HTTP/1.1 ')[0] ?? '') : envelopeIn(body);
}

function envelopeIn(body: string): string | undefined {
  if (/^\{"status":"success",|^\{"status":"ok"\}$/.test(body)) return undefined;
  try {
    const { status, error } = JSON.parse(body);
    const isWhole =
      status === 'error' && ['code', 'title', 'message', 'log_url'].every((key) => key in error);
    return isWhole ? undefined : 'no envelope';
  } catch {
    return 'no envelope';
  }
}
