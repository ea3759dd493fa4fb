// A client that tells what it saw, whatever became of its request.
import { request as send, type IncomingHttpHeaders } from 'node:http';
import type { MockGem } from '../../../mock-server/server.ts';
import type { RecordedRequest } from '../../../mock-server/requests/request.ts';
import type { RecordTypes, ResourceName } from '../../../seeds/index.ts';

export interface Seen {
  /** Undefined where no answer began. */
  status: number | undefined;
  headers: IncomingHttpHeaders;
  /** As much as arrived. */
  text: string;
  /** The code of the error that ended it. */
  error: string | undefined;
}

export interface Asking {
  method?: string;
  body?: unknown;
  key?: string;
  headers?: Record<string, string>;
  /** Gives up when it is aborted. */
  signal?: AbortSignal;
}

/** Asks the emulator, on a connection of its own. */
export function ask(gem: MockGem, path: string, asking: Asking = {}): Promise<Seen> {
  const { method = 'GET', body, key = gem.apiKey, signal } = asking;
  const headers = {
    'X-API-Key': key,
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...asking.headers,
  };
  return new Promise((resolve) => {
    const seen: Seen = { status: undefined, headers: {}, text: '', error: undefined };
    const fail = (error: NodeJS.ErrnoException) => resolve({ ...seen, error: error.code ?? error.message });
    const request = send(new URL(path, gem.url), { method, headers, agent: false, signal }, (response) => {
      seen.status = response.statusCode;
      seen.headers = response.headers;
      response.setEncoding('utf8');
      response.on('data', (text: string) => (seen.text += text));
      response.on('end', () => resolve(seen));
      response.on('error', fail);
    });
    request.on('error', fail);
    request.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  });
}

/** The last request that the world remembers. */
export function lastRequest({ world }: MockGem): RecordedRequest {
  const entry = world.log.entries().at(-1);
  if (!entry) throw new Error('the world remembers no request');
  return entry;
}

/** The living records of a world, in the order of creation. */
export function living<Name extends ResourceName>({ world }: MockGem, name: Name): RecordTypes[Name][] {
  return [...world.store.collection(name).entries()]
    .map(({ record }) => record)
    .filter(({ deleted_at }) => deleted_at === null);
}

/** Somebody whom Gem does not know yet. */
export const newcomer = { first_name: 'Ada', last_name: 'Lovelace', email: 'ada.newcomer@example.com' };

/** Whether the newcomer was created. */
export function hasNewcomer(gem: MockGem): boolean {
  return living(gem, 'candidates').some(({ email_addresses }) =>
    email_addresses.some(({ value }) => value === newcomer.email),
  );
}

/** Creates the newcomer, as far as nothing comes in between. */
export function createNewcomer(gem: MockGem, more: object = {}): Promise<Seen> {
  const job = living(gem, 'jobs').find(({ status }) => status === 'open');
  return ask(gem, '/ats/v0/candidates/', {
    method: 'POST',
    body: { ...newcomer, job_id: job?.id, ...more },
  });
}
