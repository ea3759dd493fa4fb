import { toInstant, withinCalendar } from '../../contracts/clock.ts';
import { answerOf, type Layer } from '../../contracts/server/layers.ts';
import { Serialised } from '../../contracts/server/serialised.ts';
import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import { machineClock, stopwatch } from '../machine/time.ts';
import { shorten } from '../requests/shorten.ts';
import { RequestLog } from '../requests/request-log.ts';
import type { OnRequest, RecordedRequest } from '../requests/request.ts';
import { RequestContext } from './request-context.ts';

/**
 * Records every request with its answer, refusals too, and says in headers what the answer rests on.
 *
 * @param options.unknownKeyRequests the log for requests whose key opens no world
 * @param options.onRequest is told of every request once it is answered, with the public id of its world
 */
export function recordRequests(options: {
  unknownKeyRequests: RequestLog;
  onRequest: OnRequest | undefined;
}): Layer<RequestContext> {
  return async (exchange, next) => {
    const context = (exchange.context = new RequestContext(exchange));
    const answer = await answerOf(exchange, next);
    const recorded = record(context, answer, options.unknownKeyRequests);
    options.onRequest?.(recorded, context.knownWorld?.id);
    exchange.headers = headersOf(context);
    return answer;
  };
}

/** Notes a request and its answer in the log of its world. No header is kept, and so neither key nor secret. */
function record(context: RequestContext, answer: AnyAnswer, unknownKeyRequests: RequestLog): RecordedRequest {
  const { trace, operation, method, path, query, body, startedAt } = context;
  const world = context.isOfBefore ? undefined : context.knownWorld;
  const log = context.isOfBefore ? nowhere : (world?.log ?? unknownKeyRequests);
  return log.add({
    at: world?.now() ?? toInstant(machineClock.now()),
    operation,
    method,
    path,
    query,
    body: shorten(body),
    status: answer.status === 0 ? null : answer.status,
    answer: worthKeeping(method, answer),
    // Microseconds are all that anybody can tell apart.
    milliseconds: Math.round((stopwatch() - startedAt) * 1000) / 1000,
    faults: trace.faults,
    ...(trace.faultKinds.length > 0 && { fault_kinds: trace.faultKinds }),
    assumptions: trace.assumptions,
    tolerated: trace.tolerated,
  });
}

/** What came before a reset is told to whoever listens, and remembered by nobody. */
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

/** What was read can be read again; of refusals and writes the log keeps the body, unless it is large. */
function worthKeeping(method: string, { status, body }: AnyAnswer): unknown {
  const isRead = (method === 'GET' || method === 'HEAD') && status < 400;
  if (status === 0 || body === undefined || isRead) return null;
  if (Buffer.isBuffer(body)) return body.length > largestKept ? null : body.toString();
  if (!(body instanceof Serialised)) return shorten(body);
  return body.byteLength > largestKept ? null : JSON.parse(body.bytes.toString());
}

/** Bytes of an answer that the log keeps. */
const largestKept = 64 * 1024;
