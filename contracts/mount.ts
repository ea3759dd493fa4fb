// Puts typed handlers behind the operations of a description: a missing handler, an undeclared status or a body
// of the wrong type does not compile.
import { Router, json, type Request, type RequestHandler, type Response } from 'express';
import multer from 'multer';
import type { Description, Operation } from './description.ts';
import { Serialised } from './serialised.ts';
import { SpareBuffers } from './spare-buffers.ts';
import { createValidator, type RawRequest, type Violation } from './validator.ts';

/** A file that came as one part of a multipart body. */
export interface UploadedFile {
  filename: string;
  contentType: string;
  content: Buffer;
}

/** What a handler is given: the validated parts of the request, in the description's own types. */
export interface OperationRequest<Shape> {
  path: PathOf<Shape>;
  query: QueryOf<Shape>;
  body: BodyOf<Shape>;
  files: Readonly<Record<string, UploadedFile>>;
}

/** What a handler answers: one of the declared statuses with its declared body. */
export type OperationAnswer<Shape> = Shape extends { responses: infer Responses }
  ? {
      [Status in keyof Responses & number]: {
        status: Status;
        body: ContentOf<Responses[Status]> | Serialised<ContentOf<Responses[Status]>>;
        headers?: Record<string, string>;
      };
    }[keyof Responses & number]
  : never;

/** One handler for each operation. */
export type Handlers<Operations, Context> = {
  [Id in keyof Operations]: (
    request: OperationRequest<Operations[Id]>,
    context: Context,
  ) => OperationAnswer<Operations[Id]> | Promise<OperationAnswer<Operations[Id]>>;
};

/** An answer in general, as a server's translation of an error gives it. */
export interface AnyAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export interface MountOptions<Operations, Context> {
  description: Description;
  handlers: Handlers<Operations, Context>;
  /** Runs before the body is read: admits the caller or throws a problem. */
  admit: (request: Request, operation: Operation | undefined) => Context | Promise<Context>;
  /** Turns whatever was thrown into an answer in the API's own shape. */
  translate: (error: unknown, operation: Operation | undefined) => AnyAnswer;
  /** Headers for every answer, `Date` and the like. */
  headers?: (request: Request) => Record<string, string>;
  /** Bytes that a body may have. */
  bodyLimit: number;
  /** Whether each answer is held against the description before it leaves. */
  checkAnswers: boolean;
}

/** The request departs from the description. */
export class InvalidRequest extends Error {
  readonly violations: readonly Violation[];
  constructor(violations: readonly Violation[]) {
    super('the request does not fit the description');
    this.violations = violations;
  }
}

/** The path exists, the method does not. */
export class MethodNotAllowed extends Error {}

/** No operation has this path. */
export class UnknownPath extends Error {}

/** The body is of a type that the operation does not read. */
export class UnsupportedContentType extends Error {}

/** The server's own answer departs from the description: a defect of the server. */
export class AnswerBreaksDescription extends Error {
  constructor(operation: Operation, status: number, violations: readonly Violation[]) {
    const reasons = violations.map(({ path, message }) => `${path.join('.') || '(body)'} ${message}`);
    super(`${operation.id} answered ${status} against its description: ${reasons.join('; ')}`);
  }
}

/**
 * Mounts every operation of a description on a router. Both slash forms of a path are answered alike.
 *
 * The way of a request: admit → read the body → validate → handle → (check) → send; whatever is thrown on the
 * way goes through `translate` and out by the same door.
 */
export function mount<Operations, Context>(options: MountOptions<Operations, Context>): Router {
  const router = Router();
  const validator = createValidator(options.description, { unknownFields: 'refuse' });
  const handlers = options.handlers as Record<
    string,
    (request: OperationRequest<unknown>, context: Context) => unknown
  >;

  for (const operation of options.description.operations.values()) {
    const handle = handlers[operation.id];
    if (!handle) throw new Error(`${operation.id} has no handler`);
    const readBody = bodyReader(operation, options.bodyLimit);
    router[operation.method](
      toRoute(operation.path),
      respond(operation, async (request, response) => {
        const context = await options.admit(request, operation);
        const { body, files } = await readBody(request, response);
        const { valid, violations } = validator.request(operation, {
          path: request.params as RawRequest['path'],
          query: request.query as RawRequest['query'],
          headers: request.headers,
          body,
        });
        if (violations.length > 0) throw new InvalidRequest(violations);
        return (await handle({ ...valid, files } as OperationRequest<unknown>, context)) as AnyAnswer;
      }),
    );
  }
  for (const path of new Set([...options.description.operations.values()].map(({ path }) => path))) {
    router.all(toRoute(path), refuse(new MethodNotAllowed()));
  }
  router.use(refuse(new UnknownPath()));
  return router;

  function refuse(error: Error): RequestHandler {
    return respond(undefined, async (request) => {
      await options.admit(request, undefined);
      throw error;
    });
  }

  function respond(
    operation: Operation | undefined,
    work: (request: Request, response: Response) => Promise<AnyAnswer>,
  ): RequestHandler {
    return async (request, response) => {
      let answer: AnyAnswer;
      try {
        answer = await work(request, response);
        if (options.checkAnswers) check(operation, answer);
      } catch (error) {
        answer = options.translate(error, operation);
        if (options.checkAnswers && answer.status < 500) {
          try {
            check(operation, answer);
          } catch (defect) {
            answer = options.translate(defect, operation);
          }
        }
      }
      sendAnswer(response, answer, options.headers?.(request));
    };
  }

  function check(operation: Operation | undefined, answer: AnyAnswer): void {
    if (!operation) return;
    const body: unknown =
      answer.body instanceof Serialised ? JSON.parse(answer.body.bytes.toString()) : toWire(answer.body);
    const violations = validator.answer(operation, answer.status, body);
    if (violations.length > 0) throw new AnswerBreaksDescription(operation, answer.status, violations);
  }
}

/** Sends an answer as JSON; one without a body has neither type nor length. */
export function sendAnswer(response: Response, answer: AnyAnswer, headers?: Record<string, string>): void {
  const { body } = answer;
  if (body === undefined) {
    response.writeHead(answer.status, { ...headers, ...answer.headers }).end();
    return;
  }
  const serialised = body instanceof Serialised ? body : new Serialised(Buffer.from(JSON.stringify(body)));
  const length = serialised.byteLength;
  response.writeHead(answer.status, {
    'Content-Type': 'application/json',
    'Content-Length': length,
    ...headers,
    ...answer.headers,
  });
  const buffer = spareBuffers.take(length);
  serialised.copyTo(buffer);
  // It is free again once the answer has left; one that never leaves keeps its buffer.
  response.end(buffer.subarray(0, length), () => spareBuffers.give(buffer));
}

const spareBuffers = new SpareBuffers();

function toWire(body: unknown): unknown {
  return body === undefined ? undefined : JSON.parse(JSON.stringify(body));
}

function toRoute(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1').replace(/\/$/, '');
}

type ReadBody = (
  request: Request,
  response: Response,
) => Promise<{ body: unknown; files: Record<string, UploadedFile> }>;

function bodyReader(operation: Operation, limit: number): ReadBody {
  if (!operation.body) return async () => ({ body: undefined, files: {} });
  const { contentType } = operation.body;
  if (contentType === 'multipart/form-data') {
    const parse = multer({ storage: multer.memoryStorage(), limits: { fileSize: limit } }).any();
    return async (request, response) => {
      requireContentType(request, contentType);
      await through(parse, request, response);
      const files = Object.fromEntries(
        ((request.files ?? []) as Express.Multer.File[]).map((file) => [
          file.fieldname,
          { filename: file.originalname, contentType: file.mimetype, content: file.buffer },
        ]),
      );
      const fields = (request.body ?? {}) as Record<string, string>;
      const names = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, file.filename]));
      return { body: { ...fields, ...names }, files };
    };
  }
  const parse = json({ limit, strict: false, type: 'application/json' });
  return async (request, response) => {
    const isEmpty =
      request.headers['content-length'] === '0' || request.headers['content-type'] === undefined;
    if (!isEmpty) requireContentType(request, contentType);
    await through(parse, request, response);
    return { body: request.body as unknown, files: {} };
  };
}

function requireContentType(request: Request, contentType: string): void {
  if (!request.is(contentType)) throw new UnsupportedContentType(contentType);
}

function through(middleware: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void middleware(request, response, (error?: unknown) => (error ? reject(error as Error) : resolve()));
  });
}

type PathOf<Shape> = Shape extends { parameters: { path: infer Path } } ? Path : unknown;
type QueryOf<Shape> = Shape extends { parameters: { query?: infer Query } } ? NonNullable<Query> : unknown;
type BodyOf<Shape> = Shape extends { requestBody?: { content: { 'application/json': infer Body } } }
  ? Body
  : unknown;
type ContentOf<Response> = Response extends { content: { 'application/json': infer Body } }
  ? Body
  : undefined;
