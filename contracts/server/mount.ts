// Puts typed handlers behind the operations of a description: a missing handler, an undeclared status or a body
// of the wrong type does not compile.
import { Router, type Request, type RequestHandler, type Response, type ErrorRequestHandler } from 'express';
import type { Description, Operation } from '../description.ts';
import {
  bodyReader,
  readNothing,
  type JsonRules,
  type Read,
  type ReadBody,
  type UploadedFile,
} from './read-body.ts';
import { sendAnswer, type AnyAnswer } from './send-answer.ts';
import { Serialised } from './serialised.ts';
import { createValidator, type RawRequest, type Violation } from '../validator.ts';

export { UnsupportedContentType, type UploadedFile } from './read-body.ts';
export { sendAnswer, type AnyAnswer } from './send-answer.ts';

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

/** A request whose sender was admitted and whose body was read, as far as it could be. */
export interface Exchange<Context> {
  request: Request;
  /** Undefined where no operation has this path and method. */
  operation: Operation | undefined;
  context: Context;
  /** The parameters of the query; whoever stands around may put others in their place. */
  query: RawRequest['query'];
  /** The JSON body, or the fields and file names of a form. */
  body: unknown;
  /** What a lenient reader of the body let pass. */
  letPass: readonly string[];
}

/** A route that is no part of a description. */
export interface Beside<Context> {
  operation: Operation;
  handle: (exchange: Exchange<Context>) => AnyAnswer | Promise<AnyAnswer>;
}

export interface MountOptions<Operations, Context> {
  description: Description;
  handlers: Handlers<Operations, Context>;
  /** Routes that come first and go the same way as those of the description. */
  beside?: readonly Beside<Context>[];
  /** Runs before the body is read: admits the caller or throws a problem. */
  admit: (request: Request, operation: Operation | undefined) => Context | Promise<Context>;
  /** Whether whoever asks may send what the description does not allow: any content type, and ten times the size. */
  isLenient?: (context: Context) => boolean;
  /**
   * Stands around everything that follows: it may answer itself, or change the answer.
   *
   * @param proceed does what was asked for and never throws
   */
  around?: (exchange: Exchange<Context>, proceed: () => Promise<AnyAnswer>) => Promise<AnyAnswer>;
  /**
   * Stands around the handler of a valid request.
   *
   * @param handle may throw a problem
   */
  within?: (
    exchange: Exchange<Context>,
    handle: () => AnyAnswer | Promise<AnyAnswer>,
  ) => AnyAnswer | Promise<AnyAnswer>;
  /**
   * Is asked when a problem was thrown.
   *
   * @returns undefined when it has mended the exchange and the work is to be tried again; otherwise the problem that stands
   */
  mend?: (exchange: Exchange<Context>, problem: unknown) => unknown;
  /** Is told of every answer before it leaves, refusals too. */
  onAnswer?: (request: Request, operation: Operation | undefined, answer: AnyAnswer) => void;
  /** Turns whatever was thrown into an answer in the API's own shape. */
  translate: (error: unknown, operation: Operation | undefined) => AnyAnswer;
  /** Sends an answer that does not deliver itself. Default: {@link sendAnswer}. */
  send?: (response: Response, answer: AnyAnswer, headers: Record<string, string>) => void;
  /** Headers for every answer, `Date` and the like. */
  headers?: (request: Request) => Record<string, string>;
  /** Bytes that a body may have. */
  bodyLimit: number;
  /** Another reader of an operation's body, where it needs one; `bodyLimit` is for the reader to keep. */
  reader?: (operation: Operation) => ReadBody | undefined;
  /** What the JSON of an operation's body is held to; left out, it is read as Gem's framework reads it. */
  jsonRules?: (operation: Operation) => JsonRules;
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
export class MethodNotAllowed extends Error {
  /** What the path has, as `Allow` names it; whoever translates the refusal need not say so again. */
  readonly allowed: readonly string[];
  constructor(allowed: readonly string[]) {
    super('the path has no such method');
    this.allowed = allowed;
  }
}

/** No operation has this path. */
export class UnknownPath extends Error {}

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
 * The way of a request: admit → read the body → [around: validate → [within: handle] → (check)] → send; whatever is
 * thrown on the way goes through `translate` and out by the same door.
 */
export function mount<Operations, Context>(options: MountOptions<Operations, Context>): Router {
  const router = Router({ caseSensitive: true });
  const { send = sendAnswer } = options;
  const validator = createValidator(options.description, { unknownFields: 'refuse' });
  const handlers = options.handlers as Record<
    string,
    (request: OperationRequest<unknown>, context: Context) => unknown
  >;
  type Work = (exchange: Exchange<Context>, read: Read) => AnyAnswer | Promise<AnyAnswer>;

  for (const { operation, handle } of options.beside ?? []) {
    router[operation.method](
      toRoute(operation.path),
      respond(operation, readNothing, (exchange) => within(exchange, () => handle(exchange))),
    );
  }
  for (const operation of options.description.operations.values()) {
    const handle = handlers[operation.id];
    if (!handle) throw new Error(`${operation.id} has no handler`);
    const readBody =
      options.reader?.(operation) ?? bodyReader(operation, options.bodyLimit, options.jsonRules?.(operation));
    router[operation.method](
      toRoute(operation.path),
      respond(operation, readBody, (exchange, { files, isChecked }) => {
        const { request, query, body } = exchange;
        const { valid, violations } = validator.request(operation, {
          path: request.params as RawRequest['path'],
          query,
          headers: request.headers,
          body,
          isBodyChecked: isChecked,
        });
        if (violations.length > 0) throw new InvalidRequest(violations);
        const work = () =>
          handle({ ...valid, files } as OperationRequest<unknown>, exchange.context) as
            | AnyAnswer
            | Promise<AnyAnswer>;
        return within(exchange, work);
      }),
    );
  }
  for (const [route, methods] of methodsByRoute(options.description)) {
    router.all(route, refuse(new MethodNotAllowed(methods)));
  }
  router.use(refuse(new UnknownPath()));
  // What the router itself cannot read, such as a path with a broken escape.
  router.use(((error: unknown, request, response, next) =>
    response.headersSent
      ? next(error)
      : refuse(error)(request, response, next)) satisfies ErrorRequestHandler);
  return router;

  function within(exchange: Exchange<Context>, work: () => AnyAnswer | Promise<AnyAnswer>) {
    return options.within ? options.within(exchange, work) : work();
  }

  function refuse(error: unknown): RequestHandler {
    return respond(undefined, readNothing, () => {
      throw error;
    });
  }

  /** The way of every request, whatever becomes of it. */
  function respond(operation: Operation | undefined, readBody: ReadBody, work: Work): RequestHandler {
    return async (request, response) => {
      let answer: AnyAnswer;
      try {
        const context = await options.admit(request, operation);
        const read = await readBody(request, response, options.isLenient?.(context) ?? false).catch(
          (unreadable: unknown): Read => ({ body: undefined, files: {}, letPass: [], unreadable }),
        );
        const { body, letPass } = read;
        const query = request.query as RawRequest['query'];
        const exchange = { request, operation, context, query, body, letPass };
        const proceed = async () => settle(operation, exchange, read, work);
        answer = options.around ? await options.around(exchange, proceed) : await proceed();
      } catch (error) {
        answer = checked(operation, translate(error, operation));
      }
      options.onAnswer?.(request, operation, answer);
      const headers = options.headers?.(request) ?? {};
      if (answer.deliver) answer.deliver(response, headers);
      else send(response, answer, headers);
    };
  }

  /** Does what was asked for, or refuses it. */
  async function settle(
    operation: Operation | undefined,
    exchange: Exchange<Context>,
    read: Read,
    work: Work,
  ): Promise<AnyAnswer> {
    for (;;) {
      try {
        if ('unreadable' in read) throw read.unreadable;
        const answer = await work(exchange, read);
        if (options.checkAnswers) check(operation, answer);
        return answer;
      } catch (error) {
        const standing = options.mend ? options.mend(exchange, error) : error;
        if (standing !== undefined) return checked(operation, translate(standing, operation));
      }
    }
  }

  /** A refusal, unless it breaks the description itself. */
  function checked(operation: Operation | undefined, refusal: AnyAnswer): AnyAnswer {
    // Where nothing is answered, nothing can be against the description.
    if (!options.checkAnswers || refusal.status >= 500 || refusal.status === 0) return refusal;
    try {
      check(operation, refusal);
      return refusal;
    } catch (defect) {
      return translate(defect, operation);
    }
  }

  /** A refusal in the API's own shape; one of a method names those that there are (RFC 9110 §15.5.6). */
  function translate(error: unknown, operation: Operation | undefined): AnyAnswer {
    const refusal = options.translate(error, operation);
    if (!(error instanceof MethodNotAllowed)) return refusal;
    return { ...refusal, headers: { ...refusal.headers, Allow: error.allowed.join(', ') } };
  }

  function check(operation: Operation | undefined, answer: AnyAnswer): void {
    if (!operation) return;
    const body = toWire(answer.body);
    const violations = validator.answer(operation, answer.status, body);
    if (violations.length > 0) throw new AnswerBreaksDescription(operation, answer.status, violations);
  }
}

/** The JSON of a body; bytes that are none of it are no body that a description could speak of. */
function toWire(body: unknown): unknown {
  if (body instanceof Serialised) return JSON.parse(body.bytes.toString());
  return body === undefined || Buffer.isBuffer(body) ? undefined : JSON.parse(JSON.stringify(body));
}

function toRoute(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1').replace(/\/$/, '');
}

/** The methods of every route, however its parameters are called; what can be got can be asked for by HEAD as well. */
function methodsByRoute({ operations }: Description): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of operations.values()) {
    let count = 0;
    const route = toRoute(path.replaceAll(/\{\w+\}/g, () => `{part${(count += 1)}}`));
    const names = method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()];
    methods.set(route, [...(methods.get(route) ?? []), ...names]);
  }
  return methods;
}

type PathOf<Shape> = Shape extends { parameters: { path: infer Path } } ? Path : unknown;
type QueryOf<Shape> = Shape extends { parameters: { query?: infer Query } } ? NonNullable<Query> : unknown;
type BodyOf<Shape> = Shape extends { requestBody?: { content: { 'application/json': infer Body } } }
  ? Body
  : unknown;
type ContentOf<Response> = Response extends { content: { 'application/json': infer Body } }
  ? Body
  : undefined;
