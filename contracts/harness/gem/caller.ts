import { setTimeout } from 'node:timers/promises';
import type { Operation } from '../../description.ts';
import { gemDescription } from '../../gem.ts';
import type { Time } from './pace.ts';
import { createPace } from './pace.ts';
import type { Witness } from './witness.ts';

/** One request, by the name of its operation. */
export interface Call {
  path?: Readonly<Record<string, string>>;
  /** A list is sent as one value with commas. */
  query?: Query;
  /** Sent as JSON, unless it is a form. */
  body?: unknown;
  /** Added to the usual headers; `undefined` takes one away. */
  headers?: Readonly<Record<string, string | undefined>>;
  /** Asks for the path with its last slash where it has none, and without where it has one. */
  otherSlash?: boolean;
}

export type Query = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** What came back, followed nowhere. */
export interface Answer {
  status: number;
  headers: Headers;
  /** As text, for whoever looks at the order of keys. */
  text: string;
  /** The parsed body; undefined where it is no JSON. */
  body: unknown;
}

/** Speaks to the subject, at the pace that was agreed on. */
export interface Caller {
  call(operation: string, call?: Call): Promise<Answer>;
  /** Asks for a path that is no operation's, or with a method that is none. */
  send(method: string, path: string, call?: Omit<Call, 'path' | 'otherSlash'>): Promise<Answer>;
}

export interface CallerOptions {
  url: string;
  apiKey: string;
  applicationSecret?: string | undefined;
  perSecond: number;
  time: Time;
  /** Milliseconds that an answer may take; a little longer than the gateway's own patience when left out (gem-ats-api §1.4). */
  patience?: number | undefined;
  signal?: AbortSignal | undefined;
  witness: Witness;
  onAnswer?: (answer: Answer) => void;
}

/** The subject cannot be reached, or is not Gem at all. */
export class CannotVerify extends Error {}

/** Makes a caller. */
export function createCaller(options: CallerOptions): Caller {
  const { apiKey, applicationSecret, time, signal, witness, patience = usualPatience } = options;
  const wait = createPace(options.perSecond, time);
  const base = options.url.replace(/\/+$/, '');
  const usual = {
    'X-API-Key': apiKey,
    ...(applicationSecret && { 'X-Application-Secret': applicationSecret }),
  };

  async function once(method: string, url: string, { headers = {}, body }: Call): Promise<Answer> {
    await wait();
    signal?.throwIfAborted();
    const isForm = body instanceof FormData;
    const isJson = body !== undefined && !isForm && typeof body !== 'string';
    const sent = { ...usual, ...(isJson && { 'Content-Type': 'application/json' }), ...headers };
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: Object.entries(sent).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ...(body !== undefined && { body: isJson ? JSON.stringify(body) : (body as string | FormData) }),
      signal: signal
        ? AbortSignal.any([signal, AbortSignal.timeout(patience)])
        : AbortSignal.timeout(patience),
    });
    const text = await response.text();
    const answer = { status: response.status, headers: response.headers, text, body: parse(text) };
    options.onAnswer?.(answer);
    return answer;
  }

  /** Others may use the same key: whoever is told to wait waits. */
  async function patiently(method: string, url: string, call: Call): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await reaching(base, patience, () => once(method, url, call), signal);
      if (answer.status !== 429 || attempt === attempts) return answer;
      await time.sleep(attempt * 1000);
    }
  }

  return {
    async call(id, call = {}) {
      const operation = gemDescription.operations.get(id);
      if (!operation) throw new Error(`Gem has no operation ${id}`);
      const url = `${base}${pathOf(operation, call)}${searchOf(call.query)}`;
      const answer = await patiently(operation.method.toUpperCase(), url, call);
      witness.see(operation, answer);
      return answer;
    },
    send: (method, path, call = {}) => patiently(method, `${base}${path}${searchOf(call.query)}`, call),
  };
}

/** The machine's own time. */
export const systemTime: Time = {
  now: () => Date.now(),
  sleep: async (milliseconds) => {
    await setTimeout(milliseconds);
  },
};

const attempts = 4;

/** Milliseconds. */
const usualPatience = 35_000;

async function reaching<Result>(
  base: string,
  patience: number,
  send: () => Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  try {
    return await send();
  } catch (cause) {
    if (signal?.aborted) throw new CannotVerify('the verification was broken off', { cause });
    const isSlow = cause instanceof Error && cause.name === 'TimeoutError';
    throw new CannotVerify(
      isSlow ? `${base} did not answer in ${patience / 1000} seconds` : `${base} cannot be reached`,
      { cause },
    );
  }
}

function pathOf(operation: Operation, { path = {}, otherSlash = false }: Call): string {
  const filled = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(path[name] ?? ''),
  );
  if (!otherSlash) return filled;
  return filled.endsWith('/') ? filled.slice(0, -1) : `${filled}/`;
}

function searchOf(query: Query = {}): string {
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return search && `?${search}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
