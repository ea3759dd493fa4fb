// What is large is read in a thread of its own: parsed, held against the description and checked for what no schema sees.
import { extname } from 'node:path';
import { isMainThread, workerData } from 'node:worker_threads';
import { controlDescription } from '../../contracts/control.ts';
import type { Operation } from '../../contracts/description.ts';
import { readJson } from '../../contracts/json.ts';
import { InvalidRequest } from '../../contracts/server/layers.ts';
import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import { readPieces, requireContentType, type ReadBody } from '../../contracts/server/read-body.ts';
import { createValidator } from '../../contracts/validator.ts';
import { jsonInSteps } from '../machine/json-in-steps.ts';
import { givenInSlices, inSlices, type Steps } from '../machine/slices.ts';
import {
  orderApart,
  OutOfMemory,
  RefusedApart,
  sentBytes,
  workApart,
  type SendBytes,
} from '../machine/thread.ts';
import { checkSnapshot, noteChecked } from '../snapshots/check.ts';
import { loadSnapshot } from '../snapshots/file.ts';
import type { Snapshot } from '../snapshots/snapshot.ts';
import { ControlProblem, translateControlProblem } from './problems.ts';

/** Bytes that are read in less time than a thread takes to start. */
export const smallEnough = 512 * 1024;

/** What is to be read: the body of an operation, a snapshot in a file, or one that the server holds in memory. */
type Order = { read: 'body'; operation: string } | { read: 'file'; file: string } | { read: 'saved' };

/**
 * A reader of an operation's JSON body that reads large ones in a thread of their own.
 *
 * @param limit bytes that a body may have
 * @returns undefined for an operation that takes none
 */
export function apartReader(operation: Operation, limit: number): ReadBody | undefined {
  const { body } = operation;
  if (body?.contentType !== 'application/json') return undefined;
  return async (request) => {
    const { 'content-length': length, 'content-type': type, 'content-encoding': coding } = request.headers;
    if (length !== '0' && type !== undefined) requireContentType(request, body.contentType);
    // Without a type it is no JSON, and nothing that anybody wants.
    if (type === undefined) return { body: readJson(Buffer.alloc(0)), files: {}, tolerated: [] };
    const pieces: Buffer[] = [];
    let size = 0;
    let take = (piece: Buffer) => {
      pieces.push(piece);
      size += piece.length;
    };
    const { promise: large, resolve: isLarge } = Promise.withResolvers<void>();
    const whole = readPieces(request, limit, (piece) => {
      take(piece);
      if (size > smallEnough) isLarge();
    });
    await Promise.race([whole, large]);
    if (size <= smallEnough) return { body: readJson(Buffer.concat(pieces)), files: {}, tolerated: [] };
    const send: SendBytes = async (give) => {
      for (const piece of takenFrom(pieces)) give(piece);
      take = give;
      await whole;
    };
    const told = coding === undefined && length !== undefined ? Number(length) : limit;
    return { ...(await readBodyApart(operation, { send, size: told })), files: {}, tolerated: [] };
  };
}

async function readBodyApart(operation: Operation, sent: { size: number; send: SendBytes }): Promise<Given> {
  const body = await readApart({ read: 'body', operation: operation.id }, sent);
  if (operation.id === 'importWorld') noteChecked(body as object);
  return { body, isChecked: true };
}

/** The body of a call. */
interface Given {
  body: unknown;
  /** Whether it was held against the description already. */
  isChecked: boolean;
}

/**
 * Reads the body of a call in the same process as if it came over HTTP: a copy, and a large one in a thread of its own. A
 * small one is there at once, so that calls are handled in the order in which they are made.
 */
export function readGiven(operation: Operation, value: unknown): Given | Promise<Given> {
  const texts = jsonInSteps(value);
  const pieces: Buffer[] = [];
  let size = 0;
  for (let next = texts.next(); next.done !== true; next = texts.next()) {
    const piece = Buffer.from(next.value);
    pieces.push(piece);
    size += piece.length;
    if (size > smallEnough) return readRest();
  }
  return { body: readJson(Buffer.concat(pieces)), isChecked: false };

  async function readRest(): Promise<Given> {
    for await (const text of givenInSlices(texts)) {
      const piece = Buffer.from(text);
      pieces.push(piece);
      size += piece.length;
    }
    return readBodyApart(operation, { send: (give) => inSlices(copied(pieces, give)), size });
  }
}

/**
 * Reads a snapshot from a file that is too large to be read beside others.
 *
 * @param size its bytes
 * @throws ControlProblem 409 that says why it cannot be used
 */
export async function loadSnapshotApart(file: string, size: number): Promise<Snapshot> {
  // The thread has checked it.
  return (await readApart({ read: 'file', file }, { size })) as Snapshot;
}

/** Reads a snapshot that the server holds in memory. */
export async function readSavedApart(pieces: readonly Buffer[]): Promise<Snapshot> {
  const send: SendBytes = (give) => inSlices(copied(pieces, give));
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  // It is one that was taken here.
  return (await readApart({ read: 'saved' }, { send, size })) as Snapshot;
}

/** Others may read the same pieces later. */
function* copied(pieces: readonly Buffer[], give: (piece: Buffer) => void): Steps<void> {
  for (const piece of pieces) {
    give(Buffer.from(piece));
    yield;
  }
}

async function readApart(order: Order, { size, send }: { size: number; send?: SendBytes }): Promise<unknown> {
  const file = new URL(`./read-apart${extname(import.meta.url)}`, import.meta.url);
  try {
    return await orderApart(file, order, { megabytes: megabytesFor(size), ...(send && { send }) });
  } catch (error) {
    if (error instanceof OutOfMemory) throw new ControlProblem(413, tooMuch);
    if (!(error instanceof RefusedApart)) throw error;
    const { status, body } = error.refusal as Refusal;
    throw new ControlProblem(status, body.message, body.problems);
  }
}

interface Refusal {
  status: number;
  body: Pick<ControlProblem, 'message' | 'problems'>;
}

const tooMuch = 'What the body holds takes more memory than a world of its size.';

/** What a thread may hold that reads so many bytes: worlds take a few times as much as their JSON, and nonsense more. */
function megabytesFor(size: number): number {
  return 256 + Math.ceil((size / 1024 / 1024) * 6);
}

/** Gives the pieces and forgets each, so that they are not held beside what is made of them. */
function* takenFrom(pieces: Buffer[]): Generator<Buffer, void> {
  pieces.reverse();
  for (let piece = pieces.pop(); piece; piece = pieces.pop()) yield piece;
}

/** In the thread: reads what it was told to read. */
async function read(order: Order): Promise<unknown> {
  if (order.read === 'file') return loadSnapshot(order.file);
  const value = readJson(await sentBytes());
  const operation = order.read === 'body' ? controlDescription.operations.get(order.operation) : undefined;
  if (!operation) return value;
  const validator = createValidator(controlDescription, { unknownFields: 'refuse' });
  const sent = { path: {}, query: {}, headers: {}, body: value };
  const violations = validator
    .request(operation, sent)
    .violations.filter(({ location }) => location === 'json');
  if (violations.length > 0) throw new InvalidRequest(violations);
  return operation.id === 'importWorld' ? checkSnapshot(value) : value;
}

function refusalOf(error: unknown, order: Order): AnyAnswer | undefined {
  if (order.read === 'file') {
    return { status: 409, body: { message: error instanceof Error ? error.message : String(error) } };
  }
  const refusal = translateControlProblem(error, () => undefined);
  return refusal.status < 500 ? refusal : undefined;
}

const ordered: unknown = workerData;
if (!isMainThread && isOrder(ordered)) {
  void workApart(
    () => read(ordered),
    (error) => refusalOf(error, ordered),
  );
}

function isOrder(value: unknown): value is Order {
  return typeof value === 'object' && value !== null && 'read' in value;
}
