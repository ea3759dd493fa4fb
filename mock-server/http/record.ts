// What is known of a request while it is under way, and what its world records of it.
import type { Request } from 'express';
import { withinCalendar } from '../../contracts/clock.ts';
import { answerOf, type Layer, type Exchange } from '../../contracts/server/layers.ts';
import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import { machineClock, stopwatch } from '../machine/time.ts';
import { RequestLog, type Remembered } from '../requests/request-log.ts';
import type { OnRequest, MetRequest, Trace } from '../requests/request.ts';
import type { EventLog } from '../world/event-log.ts';
import type { Cause } from '../world/history.ts';
import type { LiveWorld } from '../worlds/live-world.ts';
import { AnsweredRequest, isEmpty, keepExchange, toLogged } from './keep-exchange.ts';
import type { SentAgain } from './sent-again.ts';

/**
 * Records every request with its answer, refusals too, and says in headers what the answer rests on.
 *
 * @param options.unknownKeyRequests the log for requests whose key opens no world
 * @param options.events are told of these
 * @param options.sentAgain is told of those that were sent again
 * @param options.onRequest gets every request once it is answered, with the public id of its world
 */
export function recordRequests(options: {
  unknownKeyRequests: RequestLog;
  events: EventLog;
  onRequest: OnRequest | undefined;
  sentAgain: SentAgain | undefined;
}): Layer<RequestContext> {
  return (exchange, next) => {
    const context = (exchange.context = new RequestContext(exchange));
    const answer = answerOf(exchange, next);
    return answer instanceof Promise ? answer.then(noted) : noted(answer);

    function noted(settled: AnyAnswer): AnyAnswer {
      exchange.headers = headersOf(context);
      const recorded = record(exchange, settled, options);
      options.sentAgain?.settle(exchange.request, recorded);
      options.onRequest?.(recorded.entry, context.knownWorld?.id);
      return settled;
    }
  };
}

/** Records a request and its answer in the log of its world. No header is listed there, and so neither key nor secret. */
function record(
  exchange: Exchange<RequestContext>,
  answer: AnyAnswer,
  { unknownKeyRequests, events }: { unknownKeyRequests: RequestLog; events: EventLog },
): Remembered {
  const { context } = exchange;
  const world = context.isOfBefore ? undefined : context.knownWorld;
  const log = context.isOfBefore ? nowhere : (world?.log ?? unknownKeyRequests);
  const body = toLogged(exchange.request, context.body);
  const time = (world?.clock ?? machineClock).now();
  const request = new AnsweredRequest(context, body, answer, {
    target: exchange.request.originalUrl,
    time,
    milliseconds: stopwatch() - context.startedAt,
  });
  const kept = keepExchange(exchange, { sent: context.body, logged: body.value }, answer);
  const recorded = log.add(request, kept);
  context.setNumber(recorded.number);
  world?.rate.count();
  const summary = request.inShort(recorded.number);
  if (world) world.tell({ type: 'request', request: summary });
  else if (log === unknownKeyRequests)
    events.add('', time, { type: 'unknown_key_request', request: summary });
  return recorded;
}

/** What came before a reset is reported to `onRequest`, and recorded nowhere. */
const nowhere = new RequestLog(0);

function headersOf({ knownWorld: world, trace }: RequestContext): Record<string, string> {
  if (!world) return {};
  // The header follows the world's clock.
  const Date = toHttpDate(world.clock.now() + trace.clockSkew);
  if (isEmpty(trace)) return { Date };
  return {
    Date,
    ...(trace.assumptions.length > 0 && { 'X-Mock-Gem-Assumed': trace.assumptions.join(', ') }),
    ...(trace.varied.length > 0 && { 'X-Mock-Gem-Varied': trace.varied.join(', ') }),
    ...(trace.tolerated.length > 0 && { 'X-Mock-Gem-Tolerated': String(trace.tolerated.length) }),
  };
}

/** An instant as headers write it. Most requests come in the same second as the one before. */
function toHttpDate(time: number): string {
  const second = Math.floor(withinCalendar(time) / 1000);
  if (second !== lastDate.second) lastDate = { second, text: new Date(second * 1000).toUTCString() };
  return lastDate.text;
}

let lastDate = { second: NaN, text: '' };

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
