import express, { Router, type RequestHandler } from 'express';
import { listen, type Listening } from '../../contracts/server/listen.ts';
import { observeRequests } from '../observe/requests.ts';
import type { Telemetry } from '../observe/telemetry.ts';
import type { StoreGauges } from './gauges.ts';
import { readReadiness, type Watched } from './readiness.ts';

/** What is served about the process itself. */
export interface StatusSources extends Watched {
  telemetry: Telemetry | undefined;
  /** In a process that tells what the database knows. */
  gauges: StoreGauges | undefined;
}

/**
 * Serves what watches over processes ask: `/health` and `/health/live` answer while the process does, `/health/ready` says
 * whether it can do its work, `/metrics` is for Prometheus. None of it is about people, and none of it needs a key.
 */
export function serveStatus(sources: StatusSources, { hasMetrics }: { hasMetrics: boolean }): Router {
  const router = Router();
  for (const path of ['/health', '/health/live']) router.get(path, answerLive);
  router.get('/health/ready', async (_request, response) => {
    const readiness = await readReadiness(sources);
    response.status(readiness.status === 'ready' ? 200 : 503).json(readiness);
  });
  if (hasMetrics) router.get('/metrics', answerMetrics(sources));
  return router;
}

/**
 * Listens for what watches over processes, on a port of its own.
 *
 * @returns undefined where no port is given
 * @throws PortTaken
 */
export async function listenForStatus(
  sources: StatusSources,
  { host, port }: { host: string; port: number | undefined },
): Promise<Listening | undefined> {
  if (port === undefined) return undefined;
  const app = express();
  app.disable('x-powered-by');
  app.use(serveStatus(sources, { hasMetrics: true }));
  return listen({ host, port }, () => observeRequests(app));
}

const answerLive: RequestHandler = (_request, response) => {
  response.json({ status: 'ok' });
};

function answerMetrics({ telemetry, gauges }: StatusSources): RequestHandler {
  return async (_request, response) => {
    if (!telemetry) {
      response.status(501).type('text').send('This process collects no metrics.\n');
      return;
    }
    await gauges?.ready();
    response.set('Content-Type', 'text/plain; version=0.0.4; charset=utf-8').end(await telemetry.read());
  };
}
