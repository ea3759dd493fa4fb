import { fc } from '@fast-check/vitest';
import { controlDescription } from '../../../contracts/control.ts';
import type { Description, Operation } from '../../../contracts/description.ts';
import { gemDescription } from '../../../contracts/gem.ts';
import {
  defaultAnchor,
  findScenario,
  resourceNames,
  scenarios,
  type ResourceName,
} from '../../../seeds/index.ts';
import { FromSchema } from '../../support/arbitraries/from-schema.ts';
import { brokenBytes, encode, exchange, mostly, nonsense, writeRequest } from '../../support/raw-requests.ts';
import { judge } from './fuzzed-answers.ts';
import { anyDocument } from './fuzzed-documents.ts';
import { nastyJson } from './nasty-json.ts';

/** A request as it goes over the wire, in the name of whichever lane sends it. */
export interface FuzzedRequest {
  kind: 'gem' | 'faulty' | 'file' | 'control' | 'document' | 'import' | 'bytes';
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

// Each lane has worlds of its own: what is done to a world while it answers somebody else may end that answer.
const laneKey = (nth: number) => `FuzzLWorld${nth}`.padEnd(40, '0');
const [plainKeys, faultyKey] = [[laneKey(0), laneKey(1), laneKey(2)], laneKey(3)];

/** The keys of a lane's worlds. */
export function keysOf(lane: number): string[] {
  return [...plainKeys, faultyKey].map((key) => inLane(key, lane));
}

function inLane(text: string, lane: number): string {
  return text.replaceAll('FuzzLWorld', `Fuzz${lane}World`);
}

const { records, labels } = findScenario('default').build({ seed: 'mock-gem', anchor: defaultAnchor });
const idsOf = (name: ResourceName) => records[name].slice(0, 5).map(({ id }) => id);
const ids = resourceNames.flatMap(idsOf);
const words = [
  ...ids,
  ...Object.keys(labels).slice(0, 30),
  ...resourceNames,
  'default',
  'halden-robotics',
  'first',
  'second',
  'fault-1',
  'start',
  '1 day',
  '-2 hours',
  'P1Y',
  '80 years',
  'cv.pdf',
  'JVBERi0xLjQ=',
  'open',
  'active',
  'application',
  'off',
  'true',
  'no',
  '1',
  '0',
];

/** Requests to everything, each operation as often as any other, most of them nearly right. */
export function anyRequest(
  documents: readonly unknown[],
  files: readonly string[],
): fc.Arbitrary<FuzzedRequest> {
  const gem = fc.oneof(...callsOf(gemDescription, gemHeaders));
  const control = fc.oneof(...callsOf(controlDescription, controlHeaders));
  const file = mostly(fc.constantFrom(...files)).map((path): FuzzedRequest => ({
    kind: 'file',
    text: writeRequest('GET', path.startsWith('/') ? path : '/attachments/x', {}, ''),
  }));
  const well = fc.oneof(
    { weight: 8, arbitrary: gem },
    { weight: 8, arbitrary: control },
    { weight: 3, arbitrary: worldsOf(anyDocument) },
    { weight: 1, arbitrary: importsOf(documents) },
    { weight: 1, arbitrary: file },
  );
  const broken = well
    .chain(({ text }) => brokenBytes(text))
    .map((text): FuzzedRequest => ({ kind: 'bytes', text }));
  return fc.oneof({ weight: 12, arbitrary: well }, { weight: 1, arbitrary: broken });
}

/** One call of each operation, so that none is left out however few there are. */
export function everyCall(): fc.Arbitrary<FuzzedRequest>[] {
  return [...callsOf(gemDescription, gemHeaders), ...callsOf(controlDescription, controlHeaders)];
}

/** What the parts of paths, and the members of bodies, that have these names lead to. */
const leadingTo: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(resourceNames.map((name) => [`${name.replace(/s$/, '')}_id`, idsOf(name)])),
  interview_id: idsOf('scheduled_interviews'),
  custom_field_id: idsOf('custom_fields'),
  to_stage_id: idsOf('job_stages'),
  from_stage_id: idsOf('job_stages'),
  new_job_id: idsOf('jobs'),
  created_by: idsOf('users'),
  on_behalf_of_user_id: idsOf('users'),
  vanity_url_path: ['halden-robotics'],
  field_type: ['application', 'job'],
  resource: resourceNames,
  record: Object.keys(labels),
  scenario: scenarios.map(({ name }) => name),
  snapshot: ['kept', 'kept-too'],
  fault: ['fault-1', 'fault-2'],
};

/** A call of any operation of Gem, each as often as any other. */
export function anyCallOfGem(): fc.Arbitrary<FuzzedRequest> {
  return fc.oneof(...callsOf(gemDescription, gemHeaders));
}

type HeadersOf = (operation: Operation) => fc.Arbitrary<Record<string, string>>;

function callsOf(description: Description, headersOf: HeadersOf): fc.Arbitrary<FuzzedRequest>[] {
  const schemas = new FromSchema(description.document, words);
  const kind = description === gemDescription ? 'gem' : 'control';
  return [...description.operations.values()].map((operation) => {
    const query = operation.parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name, schema, isList }) => {
        const value = isList
          ? fc.array(fc.constantFrom(...words), { maxLength: 60 }).map(String)
          : schemas.value(schema);
        return fc.tuple(
          fc.constant(name),
          fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, mostly(value)),
        );
      });
    return fc
      .record({
        method: fc.oneof(
          { weight: 30, arbitrary: fc.constant(operation.method.toUpperCase()) },
          fc.constantFrom('HEAD', 'OPTIONS', 'PATCH', 'TRACE'),
        ),
        path: pathOf(operation),
        slash: fc.constantFrom('', '/'),
        query: fc.tuple(...query),
        headers: headersOf(operation),
        body: bodyOf(operation, schemas),
      })
      .map(({ method, path, slash, query: parameters, headers, body: [type, body] }): FuzzedRequest => {
        const search = parameters
          .filter(([, value]) => value !== null)
          .map(
            ([name, value]) => `${name}=${encode(typeof value === 'string' ? value : JSON.stringify(value))}`,
          );
        const target = `${path.replace(/\/?$/, slash)}?${search.join('&')}`;
        const all = { ...headers, ...(type !== '' && { 'Content-Type': type }) };
        const isFaulty = headers['X-API-Key'] === faultyKey;
        return {
          kind: kind === 'gem' && isFaulty ? 'faulty' : kind,
          text: writeRequest(method, target, all, body),
        };
      });
  });
}

function pathOf(operation: Operation): fc.Arbitrary<string> {
  const names = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  const parts = names.map((name) => (name === 'world' ? worldFor(operation) : partFor(name)));
  return fc
    .tuple(...parts)
    .map((values) =>
      operation.path.replaceAll(/\{(\w+)\}/g, (_, name) => encode(values[names.indexOf(name)])),
    );
}

function partFor(name: string): fc.Arbitrary<string> {
  const right = leadingTo[name] ?? words;
  return fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...right) }, fc.constantFrom(...words), nonsense);
}

/** Faults are armed in one world only, and the first world, which all lanes share, is only looked at. */
function worldFor({ id, method }: Operation): fc.Arbitrary<string> {
  if (id === 'armFault') return fc.constant(faultyKey);
  const strange = method === 'get' ? words : words.filter((word) => word !== 'default');
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...plainKeys) },
    { weight: method === 'get' ? 2 : 0, arbitrary: fc.constant('default') },
    { weight: 1, arbitrary: fc.constantFrom(...strange) },
  );
}

function bodyOf(operation: Operation, schemas: FromSchema): fc.Arbitrary<[type: string, body: string]> {
  if (!operation.body) return fc.constantFrom(['', ''], ['application/json', '{}']);
  const { contentType, schemaPointer, files } = operation.body;
  const right = fc.tuple(schemas.at(schemaPointer), fc.nat()).map(([made, chance]) => withIds(made, chance));
  if (contentType === 'multipart/form-data') {
    return fc
      .tuple(right, mostly(fc.constant('multipart/form-data; boundary=XX')), fc.nat(12))
      .map(([fields, type, more]) => [
        type,
        formOf(
          {
            ...(fields as object),
            ...Object.fromEntries(Array.from({ length: more % 4 }, (_, at) => [`a[${at}0000000]`, 'x'])),
          },
          files,
        ),
      ]);
  }
  const body = fc.oneof(
    { weight: 14, arbitrary: nastyJson(right).map(soon) },
    fc.constantFrom('', '[', 'null', '[]', '\ufeff{}', '{"a":1}x', '['.repeat(5000)),
  );
  const type = fc.oneof(
    { weight: 14, arbitrary: fc.constant('application/json') },
    fc.constantFrom('application/json; charset=latin1', 'APPLICATION/JSON;charset="utf-8"', 'text/plain', ''),
    nonsense,
  );
  return fc.tuple(type, body);
}

/** Ids of the right kind in most of the members that want one. */
function withIds(value: unknown, chance: number): unknown {
  if (Array.isArray(value)) return value.map((item, index) => withIds(item, chance + index));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member], index): [string, unknown] => {
    const right = Object.hasOwn(leadingTo, name) ? leadingTo[name] : undefined;
    const isChanged = right !== undefined && typeof member === 'string' && (chance + index) % 8 !== 0;
    return [name, isChanged ? right[chance % right.length] : withIds(member, chance + index)];
  });
  return Object.fromEntries(members);
}

/** Whoever waits for a fault that waits keeps all the others from their turn. */
function soon(json: string): string {
  return json
    .replaceAll(/"(milliseconds|jitter)":\s*[^,{}[\]]*/g, '"$1":20')
    .replaceAll(/"fault":"timeout"/g, '"fault":"timeout","milliseconds":20');
}

function formOf(fields: object, files: ReadonlySet<string>): string {
  const parts = Object.entries(fields).map(([name, value]: [string, unknown]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const isFile = files.has(name);
    const file = isFile
      ? `; filename="${text.replaceAll(/["\r\n]/g, '_') || 'cv.pdf'}"\r\nContent-Type: application/pdf`
      : '';
    return `--XX\r\nContent-Disposition: form-data; name="${name.replaceAll(/["\r\n]/g, '_')}"${file}\r\n\r\n${text}\r\n`;
  });
  return `${parts.join('')}--XX--\r\n`;
}

function gemHeaders(): fc.Arbitrary<Record<string, string>> {
  const key = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...plainKeys) },
    { weight: 3, arbitrary: fc.constant(faultyKey) },
    { weight: 1, arbitrary: nonsense },
  );
  return key.map((value) => ({ 'X-API-Key': value }));
}

function controlHeaders(): fc.Arbitrary<Record<string, string>> {
  return fc.oneof(
    { weight: 30, arbitrary: fc.constant({}) },
    nonsense.map((Origin) => ({ Origin })),
  );
}

const json = { 'Content-Type': 'application/json' };

/** Worlds that are made from documents, under a lane's own keys. */
function worldsOf(document: fc.Arbitrary<string>): fc.Arbitrary<FuzzedRequest> {
  return fc
    .tuple(
      document,
      fc.constantFrom(...plainKeys),
      fc.option(fc.dictionary(fc.constantFrom('n', 'x', '__proto__'), fc.jsonValue({ maxDepth: 1 }))),
    )
    .map(([text, key, parameters]) => {
      const body = JSON.stringify({ key, document: text, ...(parameters && { parameters }) });
      return { kind: 'document', text: writeRequest('POST', '/_control/worlds', json, body) };
    });
}

/** Worlds that were exported, with something in them changed. */
function importsOf(documents: readonly unknown[]): fc.Arbitrary<FuzzedRequest> {
  return fc
    .tuple(nastyJson(fc.constantFrom(...documents)), fc.constantFrom(...plainKeys))
    .map(([body, key]) => ({
      kind: 'import',
      text: writeRequest('PUT', `/_control/worlds/${key}/import`, json, body),
    }));
}

/** Sends a request in the name of a lane, and judges what comes back. */
export async function send(
  url: string,
  { kind, text }: FuzzedRequest,
  lane: number,
  patience: number,
): Promise<Outcome> {
  const own = inLane(text, lane);
  const hangsUp = kind === 'bytes';
  const { status, head, body, milliseconds } = await exchange(url, own, { patience, hangsUp });
  const outcome = { request: own.slice(0, 2000), status, milliseconds, body: body.slice(0, 500) };
  const wrong = milliseconds >= patience ? 'late' : judge(kind, own, status, head, body);
  return wrong === undefined ? outcome : { ...outcome, wrong };
}
