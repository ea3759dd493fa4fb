// What a request goes through on its way to its handler; its answer takes the same way back.
import type { Request, Response } from 'express';
import type { Description, Operation } from '../description.ts';
import { createValidator, type RawRequest, type ValidRequest, type Violation } from '../validator.ts';
import { bodyReader, type JsonRules, type ReadBody, type UploadedFile } from './read-body.ts';
import type { AnyAnswer } from './send-answer.ts';

/** Surrounds all that comes after it: it may answer itself, change the answer, or throw a problem. */
export type Layer<Context> = (exchange: Exchange<Context>, next: Next) => AnyAnswer | Promise<AnyAnswer>;

/** Does what comes after a layer. It may throw a problem; it may be called again. */
export type Next = () => AnyAnswer | Promise<AnyAnswer>;

/** A request on its way. Each layer finds what those before it have left. */
export interface Exchange<Context> {
  readonly request: Request;
  readonly response: Response;
  /** Undefined where no operation has this path and method. */
  readonly operation: Operation | undefined;
  /** What a server knows of its caller; there is nothing before a layer has put it there. */
  context: Context;
  /** The parameters of the query. */
  query: RawRequest['query'];
  /** The JSON body, or the fields and file names of a form. */
  body: unknown;
  files: Readonly<Record<string, UploadedFile>>;
  /** What a lenient reader of the body tolerated. */
  tolerated: readonly string[];
  /** Whether the body was held against the description as it was read. */
  isBodyChecked: boolean;
  /** Why it cannot be handled: it leads nowhere, or its body cannot be read. The layer that validates throws it. */
  obstacle: unknown;
  /** What the handler is given, once it was validated. */
  valid: ValidRequest | undefined;
  /** Headers that every answer has, refusals too: `Date` and the like. */
  headers: Record<string, string>;
  /** The answer to a problem that was thrown. */
  readonly refuse: (problem: unknown) => AnyAnswer;
}

/** The request departs from the description. */
export class InvalidRequest extends Error {
  readonly violations: readonly Violation[];
  constructor(violations: readonly Violation[]) {
    super('the request does not fit the description');
    this.violations = violations;
  }
}

/** Does what was asked for, as far as it has come. */
export type Handle<Context> = (exchange: Exchange<Context>) => AnyAnswer | Promise<AnyAnswer>;

/** Puts layers around a handler; the first one is met first. */
export function surround<Context>(
  layers: readonly Layer<Context>[],
  handle: Handle<Context>,
): Handle<Context> {
  return layers.reduceRight<Handle<Context>>(
    (inner, layer) => (exchange) => layer(exchange, () => inner(exchange)),
    handle,
  );
}

/** What comes of all that follows, for a layer that has to see refusals too: it never throws. */
export function answerOf(exchange: Exchange<unknown>, next: Next): AnyAnswer | Promise<AnyAnswer> {
  try {
    const answer = next();
    // Most answers are there at once, and go out without a wait.
    return answer instanceof Promise ? answer.catch((problem: unknown) => exchange.refuse(problem)) : answer;
  } catch (problem) {
    return exchange.refuse(problem);
  }
}

/** How bodies are read. */
export interface BodyOptions<Context> {
  /** Bytes that a body may have. */
  limit: number;
  /** Whether a caller may send what the description does not allow: any content type, and ten times the size. */
  isLenient?: (context: Context) => boolean;
  /** What the JSON of an operation's body is held to; left out, it is read as Gem's framework reads it. */
  jsonRules?: (operation: Operation) => JsonRules;
  /** Another reader of an operation's body, where it needs one; that reader checks the limit itself. */
  reader?: (operation: Operation) => ReadBody | undefined;
}

/** Reads the body of an operation that takes one. What cannot be read is refused by {@link validateRequests}. */
export function readBodies<Context>(options: BodyOptions<Context>): Layer<Context> {
  const { limit, isLenient, jsonRules, reader } = options;
  const readers = new Map<Operation, ReadBody>();

  return (exchange, next) => (exchange.operation?.body ? read(exchange, exchange.operation, next) : next());

  async function read(exchange: Exchange<Context>, operation: Operation, next: Next): Promise<AnyAnswer> {
    const { request, response, context } = exchange;
    try {
      const found = await readerOf(operation)(request, response, isLenient?.(context) ?? false);
      exchange.body = found.body;
      exchange.files = found.files;
      exchange.tolerated = found.tolerated;
      exchange.isBodyChecked = found.isChecked ?? false;
    } catch (unreadable) {
      exchange.obstacle = unreadable;
    }
    return next();
  }

  function readerOf(operation: Operation): ReadBody {
    let reads = readers.get(operation);
    if (!reads) {
      reads = reader?.(operation) ?? bodyReader(operation, limit, jsonRules?.(operation));
      readers.set(operation, reads);
    }
    return reads;
  }
}

/** Refuses what cannot be handled at all, and with {@link InvalidRequest} what the description forbids. */
export function validateRequests(description: Description): Layer<unknown> {
  const validator = createValidator(description, { unknownFields: 'refuse' });
  return (exchange, next) => {
    const { operation, request, query, body, isBodyChecked, obstacle } = exchange;
    if (obstacle !== undefined || !operation) throw obstacle;
    const { valid, violations } = validator.request(operation, {
      path: request.params as RawRequest['path'],
      query,
      headers: request.headers,
      body,
      isBodyChecked,
    });
    if (violations.length > 0) throw new InvalidRequest(violations);
    exchange.valid = valid;
    return next();
  };
}
