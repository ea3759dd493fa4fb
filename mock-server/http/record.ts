import { toInstant } from '../../contracts/clock.ts';
import { Serialised } from '../../contracts/server/serialised.ts';
import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import { machineClock, stopwatch } from '../machine/time.ts';
import { shortened } from '../requests/shortened.ts';
import { RequestLog } from '../requests/request-log.ts';
import type { RecordedRequest } from '../requests/request.ts';
import type { Passage } from './passage.ts';

/**
 * Notes a request and its answer in the log of its world. No header is kept, and so neither key nor secret.
 *
 * @param strangers the log for requests whose key opens no world
 * @returns what was noted
 */
export function record(passage: Passage, answer: AnyAnswer, strangers: RequestLog): RecordedRequest {
  const { trace, operation, method, path, query, body, startedAt } = passage;
  const world = passage.isOfBefore ? undefined : passage.world;
  const log = passage.isOfBefore ? nowhere : (world?.log ?? strangers);
  return log.add({
    at: world?.now() ?? toInstant(machineClock.now()),
    operation,
    method,
    path,
    query,
    body: shortened(body),
    status: answer.status === 0 ? null : answer.status,
    answer: worthKeeping(method, answer),
    // Microseconds are all that anybody can tell apart.
    milliseconds: Math.round((stopwatch() - startedAt) * 1000) / 1000,
    faults: trace.faults,
    ...(trace.faultKinds.length > 0 && { fault_kinds: trace.faultKinds }),
    assumptions: trace.assumptions,
    let_pass: trace.letPass,
  });
}

/** What came before a reset is told to whoever listens, and remembered by nobody. */
const nowhere = new RequestLog(0);

/** What was read can be read again; of refusals and writes the log keeps the body, unless it is large. */
function worthKeeping(method: string, { status, body }: AnyAnswer): unknown {
  const isRead = (method === 'GET' || method === 'HEAD') && status < 400;
  if (status === 0 || body === undefined || isRead) return null;
  if (Buffer.isBuffer(body)) return body.length > largestKept ? null : body.toString();
  if (!(body instanceof Serialised)) return shortened(body);
  return body.byteLength > largestKept ? null : JSON.parse(body.bytes.toString());
}

/** Bytes of an answer that the log keeps. */
const largestKept = 64 * 1024;
