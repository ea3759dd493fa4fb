import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RequestHandler, Response } from 'express';
import type { Clock } from '../../contracts/clock.ts';
import type { GemClient } from '../gem/client.ts';
import { type DownloadLimits, openDownload } from '../outbound/download.ts';
import type { Database } from '../store/schema.ts';
import type { Vault } from '../store/vault.ts';
import { fileUnavailable, noSuchFile } from '../errors.ts';
import { GemNotFound } from '../gem/errors.ts';
import { CallFailed } from '../outbound/call-public.ts';
import { findIntegration, type Integration } from '../store/queries/integrations.ts';
import { readFileLink, gemFilesOf, type GemFile } from './gem-files.ts';

/** What it takes to serve files. */
export interface FileServices {
  database: Database;
  vault: Vault;
  clock: Clock;
  downloads: Pick<DownloadLimits, 'allowPrivateAddresses'>;
  clientOf(integration: Pick<Integration, 'gem'>): GemClient;
}

/**
 * Serves the file behind a link. Gem's own links run out, so Gem is asked for a new one, and the file goes from there to
 * the caller as it comes (kombo-unified-api §3.5, §8 #20).
 */
export function serveFile(services: FileServices): RequestHandler<{ token: string }> {
  return async (request, response) => {
    const linked = readFileLink(services, request.params.token);
    const integration = linked && (await findIntegration(services, linked.integrationId));
    if (!linked || !integration) throw noSuchFile();
    const file = await findFile(services, integration, linked.candidateId, linked.fileId);

    const signal = AbortSignal.timeout(longest);
    const { allowPrivateAddresses } = services.downloads;
    const { origin } = new URL(integration.gem.url);
    const { content, length } = await openDownload(file.url, {
      signal,
      // The operator chose where Gem is; only what leads elsewhere has to be public.
      mayCall: (target) => allowPrivateAddresses || target.origin === origin,
    }).catch((error: unknown) => {
      throw error instanceof CallFailed ? fileUnavailable(error) : error;
    });
    if (length !== undefined && length > largestFile) {
      content.destroy();
      throw fileUnavailable(new CallFailed('it is too large'));
    }
    setHeaders(response, file, length);
    // A caller who hangs up, or a Gem that does, ends it; there is no other way left to say that a file is not whole.
    await pipeline(content, cutOff(largestFile), response, { signal }).catch(() => response.destroy());
  };
}

/** Milliseconds that a file may take. */
const longest = 120_000;

/** Bytes. Gem takes files of up to 10 MB (gem-ats-api §5.4); other ways into Gem may take more. */
const largestFile = 50_000_000;

async function findFile(
  { clientOf }: FileServices,
  integration: Integration,
  candidateId: string,
  fileId: string,
): Promise<GemFile> {
  try {
    const path = { candidate_id: candidateId };
    const candidate = await clientOf(integration).send('getCandidate', { path });
    const file = gemFilesOf(integration.id, candidateId, candidate).find(({ id }) => id === fileId);
    if (file) return file;
  } catch (error) {
    if (!(error instanceof GemNotFound)) throw error;
  }
  throw noSuchFile();
}

/** Files come from strangers: a browser is to save them, and never to run them in our name. */
function setHeaders(response: Response, { name, contentType }: GemFile, length: number | undefined): void {
  response.attachment(name.toWellFormed());
  response.set({
    'Content-Type': contentType,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    ...(length !== undefined && { 'Content-Length': `${length}` }),
  });
}

function cutOff(limit: number): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      passed += chunk.length;
      if (passed > limit) done(new Error('the file is too large'));
      else done(null, chunk);
    },
  });
}
