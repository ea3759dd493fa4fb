// Reads the body of a request as its operation wants it: JSON, or a form with files.
import { createRequire } from 'node:module';
import type { Duplex, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setImmediate } from 'node:timers';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { json, raw, type Request, type RequestHandler, type Response } from 'express';
import type * as Multer from 'multer';
import type { Operation } from '../description.ts';
import { isDeeper, keepDigits, readJson } from '../json.ts';

/** A file that came as one part of a multipart body. */
export interface UploadedFile {
  filename: string;
  contentType: string;
  content: Buffer;
}

/** What was read of a body, or why it could not be. */
export interface Read {
  /** The JSON body, or the fields and file names of a form. */
  body: unknown;
  files: Record<string, UploadedFile>;
  /** What a lenient reader took that a strict one refuses. */
  tolerated: readonly string[];
  /** Whether it was held against the description already. */
  isChecked?: boolean;
  /** What was thrown, where nothing could be read. */
  unreadable?: unknown;
}

/** @param isLenient takes any content type for JSON, and ten times the size */
export type ReadBody = (request: Request, response: Response, isLenient: boolean) => Promise<Read>;

/** The body is of a type that the operation does not read. */
export class UnsupportedContentType extends Error {}

/** What a strict reader of JSON holds bodies to, beyond their size. */
export interface JsonRules {
  /** How many arrays and objects may lie in one another; as many as there are when left out. */
  depth?: number;
  /** Whether numbers that JavaScript would round are kept as they were written, as `JSON.rawJSON`. */
  keepsNumbers?: boolean;
}

/**
 * Reads the bytes of a body, with no coding any more, a moment of work at a time.
 *
 * @param limit bytes that there may be
 * @param take is given each piece as it comes
 * @throws an Error with the `type` that body parsers give it
 */
export async function readPieces(
  request: Request,
  limit: number,
  take: (piece: Buffer) => void,
): Promise<void> {
  const coding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  const decoder = coding === 'identity' ? undefined : decoders.get(coding)?.();
  if (coding !== 'identity' && !decoder) {
    request.resume();
    throw refusal('encoding.unsupported');
  }
  let [length, sinceTurn] = [0, 0];
  const stream: Readable = decoder ? request.pipe(decoder) : request;
  await new Promise<void>((resolve, reject) => {
    stream.on('data', (piece: Buffer) => {
      length += piece.length;
      sinceTurn += piece.length;
      if (sinceTurn >= bytesInTurn && length <= limit) {
        sinceTurn = 0;
        stream.pause();
        setImmediate(() => stream.resume());
      }
      if (length <= limit) take(piece);
      // Too much is still read to its end: a connection that is cut takes the answer with it.
      else if (decoder) {
        decoder.destroy();
        if (request.readableEnded) resolve();
        else request.unpipe(decoder).resume().once('end', resolve);
      }
    });
    stream.once('end', resolve);
    stream.once('error', (error) => reject(Object.assign(error, { status: 400 })));
    request.once('close', () => {
      if (!request.complete) reject(refusal('request.aborted'));
    });
  });
  if (length > limit) throw refusal('entity.too.large');
}

/** Bytes that are taken in before others have a turn: what comes from the same machine would come without a break. */
const bytesInTurn = 64 * 1024;

const decoders = new Map<string, () => Duplex>([
  ['gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/** Reads nothing: there is no operation, or it takes no body. */
export const readNothing: ReadBody = async () => nothing;

const nothing: Read = { body: undefined, files: {}, tolerated: [] };

/** What a lenient reader takes, in multiples of what a strict one does. */
const lenience = 10;

/**
 * @param limit bytes that a body may have, a form with its files is one body
 * @param rules what JSON is held to; left out, it is read as Gem's framework reads it
 */
export function bodyReader(operation: Operation, limit: number, rules?: JsonRules): ReadBody {
  if (!operation.body) return readNothing;
  const { contentType } = operation.body;
  return contentType === 'multipart/form-data'
    ? formReader(contentType, limit)
    : rules
      ? exactJsonReader(contentType, limit, rules)
      : jsonReader(contentType, limit);
}

function formReader(contentType: string, limit: number): ReadBody {
  const readBytes = bytesReader(limit, ['multipart/form-data']);
  let multipart: RequestHandler | undefined;
  return async (request, response, isLenient) => {
    // Not even a lenient reader finds the parts of a form whose type does not say what stands between them.
    requireContentType(request, contentType);
    const bytes = await readBytes(request, response, isLenient);
    const form: Form = { bytes, fields: new Map() };
    forms.set(request, form);
    await through((multipart ??= takeFormApart()), request, response);
    const files = new Map<string, UploadedFile>();
    for (const { fieldname, originalname, mimetype, buffer } of (request.files ??
      []) as Express.Multer.File[]) {
      // As with fields, the first of a name counts.
      if (files.has(fieldname)) continue;
      files.set(fieldname, { filename: originalname, contentType: mimetype, content: buffer });
    }
    const names = [...files].map(([name, { filename }]): [string, string] => [name, filename]);
    const tolerated = tooLarge('the form', bytes.length, limit);
    return {
      body: Object.fromEntries([...form.fields, ...names]),
      files: Object.fromEntries(files),
      tolerated,
    };
  };
}

/** Loaded when the first form comes: most servers are never sent one. */
function takeFormApart(): RequestHandler {
  // `require` returns whatever the package is, and it is this.
  const multer = createRequire(import.meta.url)('multer') as typeof Multer.default;
  return multer({
    storage: multer.memoryStorage(),
    limits: { parts: mostParts, fieldSize: Infinity },
    defParamCharset: 'utf8',
    streamHandler: feedForm,
  } as Multer.Options).any();
}

/** A form on its way to be taken apart: multer would read `a[1]` as a list, where Gem's framework sees a plain name. */
interface Form {
  bytes: Buffer;
  fields: Map<string, string>;
}

const forms = new WeakMap<Request, Form>();

/** Gem's framework counts as far. */
const mostParts = 1000;

interface FormParser {
  removeAllListeners: (event: 'field') => void;
  on: (event: 'field', listener: (name: string | undefined, value: string) => void) => void;
  write: (bytes: Buffer) => void;
  end: () => void;
}

function feedForm(request: Request, parser: FormParser): void {
  const form = forms.get(request);
  parser.removeAllListeners('field');
  parser.on('field', (name, value) => {
    if (form && name !== undefined && !form.fields.has(name)) form.fields.set(name, value);
  });
  parser.write(form?.bytes ?? Buffer.alloc(0));
  // By then the files have been read. For those that were not, the parser would wait by way of the global
  // `process.nextTick`, which a test may have replaced.
  setImmediate(() => parser.end());
}

function jsonReader(contentType: string, limit: number): ReadBody {
  const readBytes = bytesReader(limit, [contentType]);
  return async (request, response, isLenient) => {
    const sent = request.headers['content-type'];
    const isEmpty = request.headers['content-length'] === '0' || sent === undefined;
    if (!isLenient && !isEmpty) requireContentType(request, contentType);
    const bytes = await readBytes(request, response, isLenient);
    const body = readJson(bytes);
    if (!isLenient) return { body, files: {}, tolerated: [] };
    const tolerated = tooLarge('the body', bytes.length, limit);
    if (body !== undefined && !request.is(contentType)) {
      tolerated.push(`Content-Type: was ${sent ?? 'missing'} instead of ${contentType}.`);
    }
    return { body, files: {}, tolerated };
  };
}

/** Reads the bytes of a body of one of these types; a lenient reader takes any type, and more of them. */
function bytesReader(
  limit: number,
  types: string[],
): (request: Request, response: Response, isLenient: boolean) => Promise<Buffer> {
  const strict = raw({ limit, type: types });
  const lenient = raw({ limit: limit * lenience, type: () => true });
  return async (request, response, isLenient) => {
    await refuseTooLarge(request, isLenient ? limit * lenience : limit);
    await through(isLenient ? lenient : strict, request, response);
    return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  };
}

/** Reads JSON to the letter: a body without a type is no missing body, and one without bytes is. */
function exactJsonReader(contentType: string, limit: number, { depth, keepsNumbers }: JsonRules): ReadBody {
  const empty = new WeakSet<object>();
  const parse = json({
    limit,
    strict: false,
    type: 'application/json',
    ...(keepsNumbers && { reviver: keepNumber }),
    verify: (request, _response, bytes, encoding) => {
      if (!/^utf-?8$/i.test(encoding)) throw refusal('charset.unsupported');
      if (bytes.length === 0) empty.add(request);
      if (depth !== undefined && isDeeper(bytes, depth)) throw refusal('entity.too.deep');
    },
  });
  return async (request, response) => {
    const { 'content-length': length = '0', 'transfer-encoding': coding } = request.headers;
    const isMissing = coding === undefined && length === '0';
    if (!isMissing) requireContentType(request, contentType);
    await refuseTooLarge(request, limit);
    await through(parse, request, response);
    const body: unknown = isMissing || empty.has(request) ? undefined : request.body;
    return { body, files: {}, tolerated: [] };
  };
}

/** Keeps a number as it was written, unless it reads the same when it is written anew. */
function keepNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  return keepDigits(value, context?.source);
}

function refusal(type: string): Error {
  return Object.assign(new Error(type), { type });
}

function tooLarge(what: string, size: number, limit: number): string[] {
  return size > limit ? [`${what}: had ${size} bytes instead of at most ${limit}.`] : [];
}

/**
 * Refuses a body that says itself that it is too large, once it has come in: a client that still sends may not hear an answer. The
 * parser would do the same, but by way of the global `process.nextTick`, which a test may have replaced.
 */
async function refuseTooLarge(request: Request, limit: number): Promise<void> {
  if (Number(request.headers['content-length'] ?? 0) <= limit) return;
  request.resume();
  await finished(request).catch(() => undefined);
  throw refusal('entity.too.large');
}

/** @throws UnsupportedContentType when a body is of another type */
export function requireContentType(request: Request, contentType: string): void {
  if (!request.is(contentType)) throw new UnsupportedContentType(contentType);
}

function through(middleware: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void middleware(request, response, (error?: unknown) => (error ? reject(error as Error) : resolve()));
  });
}
