import { setTimeout } from 'node:timers/promises';
import { bytesOf, headersOf, type AnyAnswer } from '../../contracts/server/send-answer.ts';
import { editsInSteps } from '../edits/apply-edits.ts';
import { EditProblem } from '../edits/editing.ts';
import {
  linkExpired,
  refuseLink,
  GatewayProblem,
  GemProblem,
  clientGone,
  translateProblem,
} from '../problems/problems.ts';
import { pageOf } from '../requests/matcher.ts';
import { attachmentOperation } from '../requests/operations.ts';
import { TokenBucket } from '../world/token-bucket.ts';
import type { World } from '../world/world.ts';
import type { FaultContext, FaultKind, FaultName, FaultOf, Proceed } from './fault.ts';

/** Every kind of fault that the description of the control API has, and what it does. */
export const faultKinds: { readonly [Name in FaultName]: FaultKind<Name> } = {
  /** Answers with a status, in the words of whichever layer of Gem would answer so. */
  status: (fault) => ({
    async apply(_request, proceed) {
      await effectOf(fault.when, proceed);
      const answer =
        fault.body === undefined ? gemsWords(fault.status) : { status: fault.status, body: fault.body };
      return { ...answer, ...(fault.headers && { headers: { ...fault.headers } }) };
    },
  }),

  /** Refuses with 429 while its own bucket is empty. */
  rate_limit({ per_second, burst }, { world }) {
    const bucket = new TokenBucket(world.clock, { per_second, burst });
    return {
      isDue: () => !bucket.take(),
      apply: async () => gemsWords(429),
    };
  },

  /** Does what was asked for at once, and lets the answer wait: a client that gives up earlier may have changed something. */
  latency({ milliseconds, jitter = 0 }, { chance, world }) {
    let count = 0;
    return {
      async apply({ left }, proceed) {
        count += 1;
        const more = Math.floor(chance('jitter', count) * (jitter + 1));
        const answer = await proceed();
        return (await wait(milliseconds + more, left, world)) ? answer : clientGone;
      },
    };
  },

  /** Cuts the connection without an answer. */
  connection_reset: ({ when }) => ({
    async apply(_request, proceed) {
      await effectOf(when, proceed);
      return connectionReset;
    },
  }),

  /** Says nothing until the time is over, then answers 504. */
  timeout: ({ when, milliseconds = gatewayPatience }, { world }) => ({
    async apply({ left }, proceed) {
      await effectOf(when, proceed);
      return (await wait(milliseconds, left, world)) ? gemsWords(504) : clientGone;
    },
  }),

  /** Promises the whole body and cuts the connection in the middle of it. */
  truncated_body: (fault) => ({
    apply: (_request, proceed) =>
      changed(proceed, (answer) => {
        const bytes = bytesOf(answer);
        if (bytes === undefined || bytes.length === 0) return connectionReset;
        // The last byte never arrives, however many were asked for.
        const cut = Math.min(fault.bytes ?? Math.floor(bytes.length / 2), bytes.length - 1);
        return {
          ...answer,
          deliver(response, headers) {
            response.writeHead(answer.status, headersOf(answer, bytes.length, headers));
            response.flushHeaders();
            response.write(bytes.subarray(0, cut), () => response.socket?.destroy());
          },
        };
      }),
  }),

  /** Answers with a body that claims to be JSON and is none: its first half, and a letter that JSON does not know. */
  malformed_body: () => ({
    apply: (_request, proceed) =>
      changed(proceed, (answer) => {
        const bytes = bytesOf(answer) ?? Buffer.alloc(0);
        const half = bytes.subarray(0, Math.floor(bytes.length / 2));
        return {
          // An answer with 204 cannot have a body.
          status: answer.status === 204 ? 200 : answer.status,
          body: Buffer.concat([half, Buffer.from('<')]),
          headers: { ...answer.headers, 'Content-Type': 'application/json' },
        };
      }),
  }),

  /** Answers with a page of HTML in place of JSON, as a proxy in between does. */
  wrong_content_type: ({ content_type = 'text/html' }) => ({
    apply: (_request, proceed) =>
      changed(proceed, ({ status }) => ({
        // An answer with 204 cannot have a body.
        status: status === 204 ? 200 : status,
        body: page,
        headers: { 'Content-Type': content_type },
      })),
  }),

  /** Refuses the key as the gateway does after its owner has disabled it. */
  key_revoked: () => ({ apply: async () => gemsWords(403) }),

  /** Lets Gem's clock go wrong for a request, in what it writes and in the `Date` header. */
  clock_skew: ({ seconds }) => ({
    apply({ trace }, proceed) {
      trace.clockSkew += Math.round(seconds * 1000);
      return proceed();
    },
  }),

  /** Something changes in Gem while the client is at work: before it reads, or once its answer is made. */
  edit: (fault, context) => ({
    async apply(_request, proceed) {
      const { lifetime } = context.world;
      if (fault.when !== 'after') await makeEdits(fault, context);
      const answer = await proceed();
      // In a world that has begun anew meanwhile, nothing of before happens any more.
      if (fault.when === 'after' && !lifetime.aborted) await makeEdits(fault, context);
      return answer;
    },
  }),

  /** The page before the one that was asked for comes once more, as it would be answered now. */
  page_repeated: () => ({
    concerns: (request) => (pageOf(request) ?? 1) > 1,
    apply: (request, proceed) => proceed({ page: (pageOf(request) ?? 1) - 1 }),
  }),

  /** The link to an attachment has expired, although its time is not over. */
  attachment_link_expired: () => ({
    concerns: ({ operation }) => operation === attachmentOperation.id,
    apply: async () => refuseLink(linkExpired()),
  }),
};

/** The answer of the layer that gives this status (gem-ats-api §1.4, §1.9). */
export function gemsWords(code: number): AnyAnswer {
  const words = gatewayWords[code];
  const message = code === 500 ? { message: 'Internal server error' } : {};
  const problem = words === undefined ? new GemProblem(code, message) : new GatewayProblem(code, words);
  return translateProblem(problem, () => {});
}

const gatewayWords: Readonly<Record<number, string>> = {
  403: 'Forbidden',
  413: 'Request Too Long',
  429: 'Too Many Requests',
  502: 'Internal server error',
  503: 'Service Unavailable',
  504: 'Endpoint request timed out',
};

/** How long the gateway waits for the application (gem-ats-api §1.4). */
const gatewayPatience = 29_000;

/** The connection is reset before a byte of the answer has left. */
const connectionReset: AnyAnswer = {
  status: 0,
  body: undefined,
  deliver: (response) => response.socket?.resetAndDestroy(),
};

const page = Buffer.from(
  '<!doctype html>\n<html><head><title>One moment</title></head><body><h1>One moment, please</h1></body></html>\n',
);

/**
 * Makes edits a moment at a time, once nothing else is under way in the world; nobody finds only some of them.
 *
 * @throws GemProblem 500 that says which edit cannot be, so that a test does not go on without it
 */
async function makeEdits({ edits }: FaultOf<'edit'>, { id, world }: FaultContext): Promise<void> {
  const { lifetime } = world;
  for (let behind = world.unsettled(); behind; behind = world.unsettled()) await behind;
  if (lifetime.aborted) return;
  try {
    await world.runExclusively(editsInSteps(world, edits, { cause: { by: 'fault', fault: id } }));
  } catch (error) {
    if (!(error instanceof EditProblem)) throw error;
    const message = `${id} could not make edit ${error.index}: ${error.message}`;
    throw new GemProblem(500, { message });
  }
}

/** Lets what was asked for happen where a fault strikes only after it; its answer is lost. */
async function effectOf(when: 'before' | 'after' | undefined, proceed: Proceed): Promise<void> {
  if (when === 'after') await proceed();
}

/**
 * Changes the answer to what was asked for. What another fault delivers in a way of its own stays as it is.
 *
 * @param change makes the other answer; it is given none where nothing can be changed
 */
async function changed(proceed: Proceed, change: (answer: AnyAnswer) => AnyAnswer): Promise<AnyAnswer> {
  const answer = await proceed();
  return answer.deliver ? answer : change(answer);
}

/**
 * Waits by the machine's clock, as long as the client waits for the answer and the world does not begin anew.
 *
 * @param left is aborted when the client is gone
 * @returns whether the answer is due; false when the client is gone
 */
async function wait(
  milliseconds: number,
  left: AbortSignal,
  { lifetime }: Pick<World, 'lifetime'>,
): Promise<boolean> {
  const signal = AbortSignal.any([left, lifetime]);
  try {
    await setTimeout(milliseconds, undefined, { signal });
    return true;
  } catch (error) {
    if (!signal.aborted) throw error;
    return !left.aborted;
  }
}
