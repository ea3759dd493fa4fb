// Puts typed handlers behind the operations of a description: a missing handler, an undeclared status or a body
// of the wrong type does not compile.
import { Router, type ErrorRequestHandler, type RequestHandler, type Response } from 'express';
import type { BodyOf, JsonOf, PathOf, QueryOf } from '../calls.ts';
import type { Description, Operation } from '../description.ts';
import { createValidator, type RawRequest, type Violation } from '../validator.ts';
import { answerOf, surround, type Exchange, type Handle, type Layer } from './layers.ts';
import type { UploadedFile } from './read-body.ts';
import { sendAnswer, type AnyAnswer } from './send-answer.ts';
import { Serialised } from './serialised.ts';

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
        body: JsonOf<Responses[Status]> | Serialised<JsonOf<Responses[Status]>>;
        headers?: Record<string, string>;
      };
    }[keyof Responses & number]
  : never;

/** One handler for each operation. */
export type Handlers<Operations, Subject> = {
  [Id in keyof Operations]: (
    request: OperationRequest<Operations[Id]>,
    subject: Subject,
  ) => OperationAnswer<Operations[Id]> | Promise<OperationAnswer<Operations[Id]>>;
};

/** A route that is no part of a description. */
export interface ExtraRoute<Subject> {
  operation: Operation;
  handle: (exchange: Exchange<unknown>, subject: Subject) => AnyAnswer | Promise<AnyAnswer>;
}

export interface MountOptions<Operations, Context, Subject> {
  description: Description;
  handlers: Handlers<Operations, Subject>;
  /** What handlers work with, besides the request. */
  subject: (context: Context) => Subject;
  /** Routes that come first and go the same way as those of the description. */
  extraRoutes?: readonly ExtraRoute<Subject>[];
  /** What every request goes through, from the outside in, refused ones too. */
  layers: readonly Layer<Context>[];
  /** Turns any error into an answer in the API's own shape. */
  translate: (error: unknown, operation: Operation | undefined) => AnyAnswer;
  /** Sends an answer that does not deliver itself. Default: {@link sendAnswer}. */
  send?: (response: Response, answer: AnyAnswer, headers: Record<string, string>) => void;
  /** Whether what handlers answer, and each refusal, is held against the description. */
  checkAnswers: boolean;
}

/** The path exists, the method does not. */
export class MethodNotAllowed extends Error {
  /** What the path has, as `Allow` names it; the translation of the refusal need not say so again. */
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
 * The way of a request: the layers in their order, its handler, and back; an error on the way goes through `translate`
 * and leaves as an answer does.
 */
export function mount<Operations, Context, Subject>(
  options: MountOptions<Operations, Context, Subject>,
): Router {
  const { description, layers, subject, checkAnswers, send = sendAnswer } = options;
  const router = Router({ caseSensitive: true });
  const validator = createValidator(description, { unknownFields: 'refuse' });
  // Which handler takes which request is known to the compiler only where both are named.
  const handlers = options.handlers as Record<
    string,
    (request: OperationRequest<unknown>, subject: Subject) => AnyAnswer | Promise<AnyAnswer>
  >;

  for (const { operation, handle } of options.extraRoutes ?? []) {
    serve(operation, (exchange) => handle(exchange, subject(exchange.context)));
  }
  for (const operation of description.operations.values()) {
    const handle = handlers[operation.id];
    if (!handle) throw new Error(`${operation.id} has no handler`);
    serve(operation, ({ valid, files, context }) =>
      handle({ ...valid, files } as OperationRequest<unknown>, subject(context)),
    );
  }
  for (const [route, methods] of methodsByRoute(description)) {
    router.all(
      route,
      refuse(() => new MethodNotAllowed(methods)),
    );
  }
  router.use(refuse(() => new UnknownPath()));
  // What the router itself cannot read, such as a path with a broken escape.
  router.use(((error: unknown, request, response, next) =>
    response.headersSent
      ? next(error)
      : refuse(() => error)(request, response, next)) satisfies ErrorRequestHandler);
  return router;

  function serve(operation: Operation, handle: Handle<Context>): void {
    const checked: Handle<Context> = (exchange) => {
      const answer = handle(exchange);
      return answer instanceof Promise
        ? answer.then((settled) => check(operation, settled))
        : check(operation, answer);
    };
    router[operation.method](toRoute(operation.path), respond(operation, checkAnswers ? checked : handle));
  }

  /** Refuses a request that leads to no operation, once it has gone through the layers as any other. */
  function refuse(makeError: () => unknown): RequestHandler {
    return (request, response, next) => {
      const error = makeError();
      const fail = () => {
        throw error;
      };
      return respond(undefined, fail, error)(request, response, next);
    };
  }

  /** The way of every request, refused ones too. */
  function respond(
    operation: Operation | undefined,
    handle: Handle<Context>,
    obstacle?: unknown,
  ): RequestHandler {
    const go = surround(layers, handle);
    return (request, response) => {
      const exchange: Exchange<Context> = {
        request,
        response,
        operation,
        // The layer that knows it puts it there.
        context: undefined as Context,
        query: request.query as RawRequest['query'],
        body: undefined,
        files: {},
        tolerated: [],
        isBodyChecked: false,
        obstacle,
        valid: undefined,
        headers: {},
        refuse: (error) => refusalOf(error, operation),
      };
      const answer = answerOf(exchange, () => go(exchange));
      const leave = (settled: AnyAnswer) => {
        if (settled.deliver) settled.deliver(response, exchange.headers);
        else send(response, settled, exchange.headers);
      };
      // Express waits for it, and takes care of what fails.
      return answer instanceof Promise ? answer.then(leave) : leave(answer);
    };
  }

  /** The answer to a problem, unless it breaks the description itself. */
  function refusalOf(error: unknown, operation: Operation | undefined): AnyAnswer {
    const refusal = translate(error, operation);
    // Where nothing is answered, nothing can be against the description.
    if (!checkAnswers || !operation || refusal.status >= 500 || refusal.status === 0) return refusal;
    try {
      return check(operation, refusal);
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

  /** @throws AnswerBreaksDescription */
  function check(operation: Operation, answer: AnyAnswer): AnyAnswer {
    const violations = validator.answer(operation, answer.status, toWire(answer.body));
    if (violations.length > 0) throw new AnswerBreaksDescription(operation, answer.status, violations);
    return answer;
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
