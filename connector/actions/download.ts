import { lookup as resolveName, type LookupAddress, type LookupOptions } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { isPrivateAddress } from './private-addresses.ts';

/** What a download may cost and where it may go. */
export interface DownloadLimits {
  bytes: number;
  milliseconds: number;
  /** Lets addresses of this machine and of private networks be called, for tests and closed networks. */
  allowPrivateAddresses: boolean;
}

/** A file that was fetched. */
export interface Download {
  content: Uint8Array;
  /** As the server named it, without parameters. */
  contentType: string | undefined;
}

/** A file could not be fetched; the message says why, without the address, which may hold a secret. */
export class DownloadFailed extends Error {
  override readonly name = 'DownloadFailed';
}

/**
 * Fetches a public file over HTTP, following redirects.
 *
 * The address is judged when the connection is made, after its name was resolved, so that a name cannot answer
 * with a public address first and a private one later.
 *
 * @throws DownloadFailed when it is not there, too large, too slow, or not public
 */
export async function download(url: string, limits: DownloadLimits): Promise<Download> {
  const signal = AbortSignal.timeout(limits.milliseconds);
  let target = new URL(url);
  for (let hop = 0; hop <= maximumRedirects; hop += 1) {
    const answer = await request(target, limits, signal);
    const status = answer.statusCode ?? 0;
    const { location } = answer.headers;
    if (status < 300 || status > 399 || location === undefined) {
      if (status !== 200) throw fail(answer, `its server answered with status ${status}`);
      const content = await readAll(answer, limits.bytes);
      return { content, contentType: answer.headers['content-type']?.split(';', 1)[0]?.trim() };
    }
    answer.destroy();
    target = new URL(location, target);
  }
  throw new DownloadFailed('it redirects too often');
}

const maximumRedirects = 5;

function request(url: URL, limits: DownloadLimits, signal: AbortSignal): Promise<http.IncomingMessage> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new DownloadFailed('only http and https addresses are fetched');
  }
  const host = url.hostname.replaceAll(/[[\]]/g, '');
  if (!limits.allowPrivateAddresses && isIP(host) !== 0 && isPrivateAddress(host)) throw notPublic();
  const { get } = url.protocol === 'http:' ? http : https;
  return new Promise((resolve, reject) => {
    get(
      url,
      { signal, agent: false, ...(!limits.allowPrivateAddresses && { lookup: lookupPublic }) },
      resolve,
    ).on('error', (cause) => reject(explain(cause)));
  });
}

function lookupPublic(
  host: string,
  options: LookupOptions,
  done: (error: Error | null, addresses: LookupAddress[]) => void,
): void {
  resolveName(host, { ...options, all: true }, (error, addresses) => {
    const isRefused = addresses?.some(({ address }) => isPrivateAddress(address));
    done(error ?? (isRefused ? notPublic() : null), addresses);
  });
}

async function readAll(answer: http.IncomingMessage, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of answer) {
      if (!(chunk instanceof Uint8Array)) continue;
      length += chunk.length;
      if (length > limit) throw fail(answer, `it has more than ${limit / 1_000_000} MB`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw explain(error);
  }
  return Buffer.concat(chunks);
}

function fail(answer: http.IncomingMessage, reason: string): DownloadFailed {
  answer.destroy();
  return new DownloadFailed(reason);
}

function notPublic(): DownloadFailed {
  return new DownloadFailed('its address is not on the public internet');
}

function explain(cause: unknown): DownloadFailed {
  if (cause instanceof DownloadFailed) return cause;
  const isSlow = cause instanceof Error && cause.name === 'AbortError';
  return new DownloadFailed(isSlow ? 'it took too long' : 'its server could not be reached', { cause });
}
