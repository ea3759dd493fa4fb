/** The unified API of a connector, for a caller with a key. */
export interface UnifiedApi {
  /** Makes a call. Refusals are answers too; a 429 is waited out. */
  call(method: string, path: string, more?: Call): Promise<ApiAnswer>;
  /**
   * Makes a call whose answer must be a success, and gives its `data`.
   *
   * @throws Error in one line that says what was answered instead
   */
  read<Data>(path: string, more?: Call & { method?: string }): Promise<Data>;
}

/** The optional parts of a call. */
export interface Call {
  integrationId?: string;
  body?: unknown;
}

/** An answer; `body` is undefined when it was no JSON. */
export interface ApiAnswer {
  status: number;
  body: unknown;
}

/** @param url the base of all paths; @param callLimit milliseconds that a call may take, without waiting */
export function createUnifiedApi({ url, apiKey, pause, callLimit }: Settings): UnifiedApi {
  const base = url.replace(/\/+$/, '');

  async function call(method: string, path: string, more: Call = {}): Promise<ApiAnswer> {
    for (let tries = 1; ; tries += 1) {
      const response = await send(method, path, more);
      if (response.status !== 429 || tries > maxWaits)
        return { status: response.status, body: await readJson(response) };
      await response.body?.cancel();
      await pause(waitOf(response.headers));
    }
  }

  async function send(method: string, path: string, { integrationId, body }: Call): Promise<Response> {
    try {
      return await fetch(base + path, {
        method,
        headers: {
          Authorization: `Bearer ${apiKey}`,
          ...(integrationId !== undefined && { 'X-Integration-Id': integrationId }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(callLimit),
      });
    } catch (error) {
      throw new Error(`${method} ${path} at ${base} got no answer: ${reasonOf(error)}`, { cause: error });
    }
  }

  return {
    call,
    async read<Data>(path: string, { method = 'GET', ...more }: Call & { method?: string } = {}) {
      const { status, body } = await call(method, path, more);
      if (status < 200 || status > 299) throw new Refused(method, path, status, body);
      const data: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'data') : undefined;
      if (data === undefined) throw new Error(`${method} ${path} answered ${status} without "data" in JSON`);
      // The unified description says what `data` is; the caller checks what it reads.
      return data as Data;
    },
  };
}

interface Settings {
  url: string;
  apiKey: string;
  pause: (milliseconds: number) => Promise<unknown>;
  callLimit: number;
}

/** The answer was a refusal. */
export class Refused extends Error {
  override name = 'Refused';
  readonly status: number;

  constructor(method: string, path: string, status: number, body: unknown) {
    const [place] = path.split('?');
    super(`${method} ${place} answered ${status}${messageOf(body)}`);
    this.status = status;
  }
}

/** How often a 429 is waited out in a row. */
const maxWaits = 10;

/** Milliseconds to wait by either of the common headers, or a second. */
function waitOf(headers: Headers): number {
  const told = Number(headers.get('Retry-After') ?? headers.get('RateLimit-Reset') ?? 1);
  return Number.isFinite(told) ? Math.min(Math.max(told, 0.1), 300) * 1000 : 1000;
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The message of an error, as the unified API words it. */
function messageOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const error: unknown = Reflect.get(body, 'error');
  const message: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : undefined;
  return typeof message === 'string' ? `: ${message.split('\n', 1)[0]}` : '';
}

/** The message of `fetch` only says that it failed; the reason is in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'it took too long';
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
