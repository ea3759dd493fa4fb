import ky, { type KyInstance } from 'ky';
import { gemDescription } from '../../contracts/gem.ts';
import { createValidator } from '../../contracts/validator.ts';
import type { AnyCall, CallArguments, OperationId, SuccessOf } from './call-types.ts';
import { GemAnswerUnreadable } from './errors.ts';
import { fetchWhole } from './fetch-whole.ts';
import { decideRetry, growingDelay } from './retry.ts';
import { toGemError } from './to-gem-error.ts';

/** How to reach one Gem account. */
export interface GemClientOptions {
  /** The host, such as `https://api.gem.com`. */
  url: string;
  apiKey: string;
  /** The partner's secret, where the key is a shareable one (gem-ats-api §1.2). */
  applicationSecret?: string | null | undefined;
  /** Milliseconds that one attempt may take. */
  timeout?: number;
  retry?: {
    /** How many attempts may follow the first. */
    limit?: number;
    /** Milliseconds to wait before an attempt; attempts that follow the first count from 1. */
    delay?: (attempt: number) => number;
  };
}

/** The only door to Gem. */
export interface GemClient {
  /**
   * Calls one operation.
   *
   * @throws GemError one of its family
   */
  call<Id extends OperationId>(operation: Id, ...options: CallArguments<Id>): Promise<SuccessOf<Id>>;
  /** The same for callers who have no types: the answer is not held against the description. */
  send(operation: OperationId, options: AnyCall): Promise<unknown>;
}

/**
 * Makes a client for one Gem account. Reads are tried again when Gem is throttling, failing or silent; writes only when
 * the gateway turned them away before anything happened. No redirect is followed, so the key goes nowhere else.
 */
export function createGemClient(options: GemClientOptions): GemClient {
  const http = createHttp(options);

  async function send(id: OperationId, call: AnyCall): Promise<unknown> {
    const operation = operationOf(id);
    const url = options.url.replace(/\/+$/, '') + fillPath(operation.path, call.path ?? {});
    let text: string;
    try {
      const response = await http(url, {
        method: operation.method,
        searchParams: toSearchParams(call.query ?? {}),
        ...(call.body !== undefined && { json: call.body }),
        ...(call.form !== undefined && { body: call.form }),
        retry: { shouldRetry: ({ error }) => decideRetry(operation.method, error) },
      });
      text = await response.text();
    } catch (error) {
      throw toGemError(id, error);
    }
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new GemAnswerUnreadable(id, 'Gem did not answer with JSON', { cause: error });
    }
  }

  return {
    send,
    async call<Id extends OperationId>(id: Id, ...options: CallArguments<Id>) {
      const [given]: readonly unknown[] = options;
      const answer = await send(id, isCall(given) ? given : {});
      if (isAnswer(id, answer)) return answer;
      throw new GemAnswerUnreadable(id, `Gem's answer to ${id} is not of its description`);
    },
  };
}

const secondsOfGateway = 29;

function createHttp({ apiKey, applicationSecret, timeout, retry }: GemClientOptions): KyInstance {
  return ky.create({
    fetch: fetchWhole,
    redirect: 'manual',
    headers: {
      'X-API-Key': apiKey,
      ...(applicationSecret ? { 'X-Application-Secret': applicationSecret } : {}),
    },
    // The gateway gives up after 29 seconds (gem-ats-api §1.4); a moment later nothing comes any more.
    timeout: timeout ?? (secondsOfGateway + 1) * 1000,
    retry: {
      limit: retry?.limit ?? 5,
      methods: ['get', 'post', 'put', 'patch', 'delete'],
      delay: retry?.delay ?? growingDelay,
    },
  });
}

function operationOf(id: OperationId) {
  const operation = gemDescription.operations.get(id);
  if (!operation) throw new Error(`the description has no operation ${id}`);
  return operation;
}

function fillPath(path: string, values: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

function toSearchParams(query: Readonly<Record<string, unknown>>): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.append(name, String(value));
  }
  return parameters;
}

const validator = createValidator(gemDescription, { unknownFields: 'allow' });

/** Lists only have to be lists: whoever reads one judges each record by itself. */
function isAnswer<Id extends OperationId>(id: Id, answer: unknown): answer is SuccessOf<Id> {
  const operation = operationOf(id);
  const status = [...operation.answers.keys()].find((code) => code < 300);
  const departures = status === undefined ? [] : validator.answer(operation, status, answer);
  if (departures.length === 0) return true;
  return Array.isArray(answer) && departures.every(({ path }) => path.length > 0);
}

function isCall(value: unknown): value is AnyCall {
  return typeof value === 'object' && value !== null;
}
