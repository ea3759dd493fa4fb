import express, { type ErrorRequestHandler, type Express } from 'express';
import { gemDescription } from '../contracts/gem.ts';
import { mount, sendAnswer } from '../contracts/mount.ts';
import { serveDocument, servePage } from '../contracts/page/index.ts';
import { fileLimit, serveAttachment } from './attachments.ts';
import { createGateway } from './http/gateway.ts';
import { translateProblem } from './http/problems.ts';
import { handlers } from './resources/index.ts';
import type { World } from './world.ts';
import type { Worlds } from './worlds.ts';

/** What the application is put together from. */
export interface AppOptions {
  worlds: Worlds;
  applicationSecret: string;
  checkAnswers: boolean;
  /** Is told of every error that is a defect of the emulator and no refusal. */
  report: (defect: unknown) => void;
}

/**
 * Puts the emulator together: the description for people and tools, links to attachments, then every operation of
 * Gem behind the gateway.
 */
export function createApp({ worlds, applicationSecret, checkAnswers, report }: AppOptions): Express {
  const gateway = createGateway(worlds, applicationSecret);
  const worldOf = new WeakMap<express.Request, World>();
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.get('/docs', servePage(gemDescription));
  app.get('/openapi.json', serveDocument(gemDescription));
  app.get('/attachments/:world/:attachment/:filename', serveAttachment(worlds));
  app.use(
    mount({
      description: gemDescription,
      handlers,
      admit: (request, operation) => {
        const world = gateway(request, operation);
        worldOf.set(request, world);
        return world;
      },
      translate: (error) => translateProblem(error, report),
      headers: (request): Record<string, string> => {
        const world = worldOf.get(request);
        return world ? { Date: httpDate(world) } : {};
      },
      // The gateway's own ceiling lies a little above what a file may weigh (gem-ats-api §1.4, §5.4).
      bodyLimit: fileLimit,
      checkAnswers,
    }),
  );
  // What the router itself cannot read, such as a path with a broken escape.
  const refuseUnreadable: ErrorRequestHandler = (error, _request, response, _next) => {
    sendAnswer(response, translateProblem(error, report));
  };
  app.use(refuseUnreadable);
  return app;
}

/** The `Date` header follows the world's clock. */
function httpDate(world: World): string {
  return new Date(world.clock.now()).toUTCString();
}
