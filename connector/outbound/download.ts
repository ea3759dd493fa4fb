import type { IncomingMessage } from 'node:http';
import { callPublic, CallFailed, toCallFailed } from './call-public.ts';

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

/**
 * Fetches a public file over HTTP, following redirects.
 *
 * @throws CallFailed when it is not there, too large, too slow, or not public
 */
export async function download(url: string, limits: DownloadLimits): Promise<Download> {
  const { allowPrivateAddresses } = limits;
  const signal = AbortSignal.timeout(limits.milliseconds);
  const answer = await openDownload(url, { signal, mayCall: () => allowPrivateAddresses });
  const content = await readAll(answer, limits.bytes);
  return { content, contentType: answer.headers['content-type']?.split(';', 1)[0]?.trim() };
}

/**
 * Begins to fetch a file, following redirects, and leaves its content to be read.
 *
 * @param options.mayCall whether an address may be called even if it is private; asked for each hop
 * @throws CallFailed when it is not there, too slow, or not public
 */
export async function openDownload(
  url: string,
  { signal, mayCall }: { signal: AbortSignal; mayCall: (target: URL) => boolean },
): Promise<IncomingMessage> {
  let target = URL.parse(url);
  for (let hop = 0; hop <= maximumRedirects; hop += 1) {
    if (!target) throw new CallFailed('its address cannot be read');
    const answer = await callPublic(target, { allowPrivateAddresses: mayCall(target), signal });
    const status = answer.statusCode ?? 0;
    const { location } = answer.headers;
    if (status < 300 || status > 399 || location === undefined) {
      if (status !== 200) throw fail(answer, `its server answered with status ${status}`);
      return answer;
    }
    answer.destroy();
    target = URL.parse(location, target.href);
  }
  throw new CallFailed('it redirects too often');
}

const maximumRedirects = 5;

async function readAll(answer: IncomingMessage, limit: number): Promise<Uint8Array> {
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
    throw toCallFailed(error);
  }
  return Buffer.concat(chunks);
}

function fail(answer: IncomingMessage, reason: string): CallFailed {
  answer.destroy();
  return new CallFailed(reason);
}
