// Answers of one right server, kept, so that thousands of servers that are wrong somewhere are judged without asking it again.
import type { Operation } from '../../../contracts/description.ts';
import { operationAt } from '../../../contracts/harness/gem/watch/operation-at.ts';

/** What was asked. A deviation may change it before it is answered. */
export interface Asked {
  method: string;
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** JSON as it was sent; undefined where there is none, or a form. */
  body: string | undefined;
  /** The operation that has the path and the method, if one does. */
  operation: Operation | undefined;
}

/** What is answered. A deviation may change it. */
export interface Told {
  status: number;
  headers: Readonly<Record<string, string>>;
  text: string;
}

/** A server that is wrong somewhere. */
export interface WrongServer {
  ask?(asked: Asked): Told | undefined | void;
  tell?(told: Told, asked: Asked, ask: (url: URL) => Promise<Told>): Told | Promise<Told>;
}

/** Reads each page of a server once. What is written goes there every time. */
export class Recording {
  readonly #told = new Map<string, { told: Told; operation: Operation | undefined }>();

  /** Every answer that was read so far. */
  read(): readonly { told: Told; operation: Operation | undefined }[] {
    return [...this.#told.values()];
  }

  /** How a verification sends requests to a server that is wrong somewhere; without one, to the right server itself. */
  fetchOf({ ask, tell }: WrongServer = {}): typeof fetch {
    return async (input, init = {}) => {
      const headers = Object.fromEntries(new Headers(init.headers).entries());
      const url = new URL(String(input));
      const method = init.method ?? 'GET';
      const body = typeof init.body === 'string' ? init.body : undefined;
      const asked: Asked = {
        method,
        url,
        headers,
        body,
        operation: operationAt(method, url.pathname)?.operation,
      };
      const original = { ...asked, url: new URL(url) };
      let told = ask?.(asked) ?? undefined;
      const send = (to: URL) => this.#send({ ...asked, url: to }, init);
      told ??= (await tell?.(await send(asked.url), original, send)) ?? (await send(asked.url));
      const isEmpty = told.status === 204 || told.status === 304;
      return new Response(isEmpty ? null : told.text, told);
    };
  }

  async #send({ method, url, headers, body, operation }: Asked, init: RequestInit): Promise<Told> {
    const key = `${JSON.stringify(headers)} ${url.href}`;
    const known = method === 'GET' ? this.#told.get(key) : undefined;
    if (known) return known.told;
    const response = await fetch(url, { ...init, ...(body !== undefined && { body }) });
    const told = {
      status: response.status,
      headers: Object.fromEntries(response.headers.entries()),
      text: await response.text(),
    };
    if (method === 'GET') this.#told.set(key, { told, operation });
    return told;
  }
}
