import { createGemClient, type GemClient } from '../../../../connector/gem/client.ts';
import { answer, startStubGem } from '../../../support/stub-gem.ts';

/** A request that reached the script. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  /** The body as text; a form with its files as they are sent. */
  body: string;
}

/** A client whose Gem answers each request as a script says, and what it was asked. */
export interface ScriptedGem {
  gem: GemClient;
  asked: Asked[];
}

/**
 * Starts a Gem for one test that answers as a script says. Nothing is waited for between attempts.
 *
 * @param script the status, the body and the headers of the answer to a request; null cuts the connection
 */
export async function scriptGem(
  script: (asked: Asked) => [status: number, body: unknown, headers?: Record<string, string>] | null,
): Promise<ScriptedGem> {
  const stub = await startStubGem();
  const asked: Asked[] = [];
  stub.intercept = (request, response) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '', stub.url);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { method: request.method ?? '', path, query, body: Buffer.concat(chunks).toString() };
      asked.push(one);
      const reply = script(one);
      if (reply === null) request.socket.destroy();
      else answer(response, ...reply);
    });
    return true;
  };
  const gem = createGemClient({ url: stub.url, apiKey: 'key', retry: { limit: 2, delay: () => 0 } });
  return { gem, asked };
}
