// What is known of a request while it is under way, and what its world records of it.
import type { Request } from 'express';
import { toInstant, withinCalendar } from '../../contracts/clock.ts';
import type { ControlSchemas } from '../../contracts/control.ts';
import { answerOf, type Layer, type Exchange } from '../../contracts/server/layers.ts';
import { Serialised } from '../../contracts/server/serialised.ts';
import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import { machineClock, stopwatch } from '../machine/time.ts';
import { shorten } from '../requests/shorten.ts';
import { RequestLog } from '../requests/request-log.ts';
import type { OnRequest, RecordedRequest, MetRequest, Trace } from '../requests/request.ts';
import type { Cause } from '../world/history.ts';
import type { LiveWorld } from '../worlds/live-world.ts';
import { keepExchange } from './keep-exchange.ts';
import type { SentAgain } from './sent-again.ts';

/**
 * Records every request with its answer, refusals too, and says in headers what the answer rests on.
 *
 * @param options.unknownKeyRequests the log for requests whose key opens no world
 * @param options.sentAgain is told of those that were sent again
 * @param options.onRequest gets every request once it is answered, with the public id of its world
 */
export function recordRequests(options: {
  unknownKeyRequests: RequestLog;
  onRequest: OnRequest | undefined;
  sentAgain: SentAgain | undefined;
}): Layer<RequestContext> {
  return async (exchange, next) => {
    const context = (exchange.context = new RequestContext(exchange));
    const answer = await answerOf(exchange, next);
    exchange.headers = headersOf(context);
    const recorded = record(exchange, answer, options.unknownKeyRequests);
    options.sentAgain?.settle(exchange.request, recorded);
    options.onRequest?.(recorded, context.knownWorld?.id);
    return answer;
  };
}

/** Records a request and its answer in the log of its world. No header is listed there, and so neither key nor secret. */
function record(
  exchange: Exchange<RequestContext>,
  answer: AnyAnswer,
  unknownKeyRequests: RequestLog,
): RecordedRequest {
  const { context } = exchange;
  const { trace, operation, method, path, query, body, startedAt } = context;
  const world = context.isOfBefore ? undefined : context.knownWorld;
  const log = context.isOfBefore ? nowhere : (world?.log ?? unknownKeyRequests);
  const short = shorten(body);
  const entry = {
    at: world?.now() ?? toInstant(machineClock.now()),
    operation,
    method,
    path,
    query,
    body: short,
    status: answer.status === 0 ? null : answer.status,
    answer: recordedAnswer(method, answer),
    // Smaller parts than microseconds mean nothing.
    milliseconds: Math.round((stopwatch() - startedAt) * 1000) / 1000,
    faults: trace.faults,
    ...(trace.faultKinds.length > 0 && { fault_kinds: trace.faultKinds }),
    assumptions: trace.assumptions,
    tolerated: trace.tolerated,
  };
  const recorded = log.add(entry, keepExchange(exchange, { sent: body, short }, answer));
  context.setNumber(recorded.number);
  world?.rate.count();
  world?.tell({ type: 'request', request: summaryOf(recorded) });
  return recorded;
}

/** A request without its bodies. */
function summaryOf(recorded: RecordedRequest): ControlSchemas['RequestSummary'] {
  const { number, operation, method, path, query, status, milliseconds, fault_kinds, assumptions } = recorded;
  const faults = fault_kinds ?? [];
  return { number, operation, method, path, query, status, milliseconds, faults, assumptions };
}

/** What came before a reset is reported to `onRequest`, and recorded nowhere. */
const nowhere = new RequestLog(0);

function headersOf({ knownWorld: world, trace }: RequestContext): Record<string, string> {
  if (!world) return {};
  return {
    // The header follows the world's clock.
    Date: new Date(withinCalendar(world.clock.now() + trace.clockSkew)).toUTCString(),
    ...(trace.assumptions.length > 0 && { 'X-Mock-Gem-Assumed': trace.assumptions.join(', ') }),
    ...(trace.varied.length > 0 && { 'X-Mock-Gem-Varied': trace.varied.join(', ') }),
    ...(trace.tolerated.length > 0 && { 'X-Mock-Gem-Tolerated': String(trace.tolerated.length) }),
  };
}

/** What was read can be read again; of refusals and writes the body is recorded, unless it is large. */
function recordedAnswer(method: string, { status, body }: AnyAnswer): unknown {
  const isRead = (method === 'GET' || method === 'HEAD') && status < 400;
  if (status === 0 || body === undefined || isRead) return null;
  if (Buffer.isBuffer(body)) return body.length > maxRecordedBytes ? null : body.toString();
  if (!(body instanceof Serialised)) return shorten(body);
  return body.byteLength > maxRecordedBytes ? null : JSON.parse(body.bytes.toString());
}

/** Bytes of an answer that is recorded. */
const maxRecordedBytes = 64 * 1024;

/** What is known of a request while it is under way: as it was sent, and what has become of it so far. */
export class RequestContext implements MetRequest {
  readonly operation: string | null;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly startedAt = stopwatch();
  readonly trace: Trace = {
    faults: [],
    faultKinds: [],
    assumptions: [],
    varied: [],
    tolerated: [],
    clockSkew: 0,
  };
  body: unknown = null;
  #cause: Cause | undefined;
  #world: LiveWorld | undefined;
  #lifetime: AbortSignal | undefined;
  readonly #request: Request;
  #left: AbortController | undefined;

  constructor({ request, operation, query }: Exchange<unknown>) {
    this.#request = request;
    this.operation = operation?.id ?? null;
    this.method = request.method;
    this.path = request.path;
    this.query = query;
  }

  /** Why what it changes has changed; it has no number before it is answered. */
  get cause(): Cause {
    return (this.#cause ??= { by: 'request', request: null, operation: this.operation });
  }

  /** Gives the changes that it made its number in the log. */
  setNumber(number: number): void {
    if (this.#cause) this.#cause.request = number;
  }

  /** Notes which world it is for. */
  enter(world: LiveWorld): void {
    this.#world = world;
    this.#lifetime = world.lifetime;
  }

  /** The world that it is for; undefined while that is not known. */
  get knownWorld(): LiveWorld | undefined {
    return this.#world;
  }

  /** The world that it is for, once that is known. */
  get world(): LiveWorld {
    if (!this.#world) throw new Error('the request was not admitted');
    return this.#world;
  }

  /** Whether its world has begun anew, or ended, since it came. */
  get isOfBefore(): boolean {
    return this.#lifetime?.aborted === true;
  }

  /**
   * Does some work once nothing else is under way in the world and all has happened that was due.
   *
   * @param work where it changes or reads the world, it does so before it waits for anything
   */
  whenSettled<Result>(work: () => Result): Result | Promise<Awaited<Result>> {
    const { world } = this;
    return world.unsettled() ? waited() : work();

    async function waited(): Promise<Awaited<Result>> {
      for (let behind = world.unsettled(); behind; behind = world.unsettled()) await behind;
      return await work();
    }
  }

  /** Only few ask for it, so it is made when they do. */
  get left(): AbortSignal {
    if (!this.#left) {
      const left = (this.#left = new AbortController());
      const { res: response } = this.#request;
      if (response?.destroyed) left.abort();
      else response?.once('close', () => left.abort());
    }
    return this.#left.signal;
  }
}
