import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { gemDescription } from '../contracts/gem.ts';
import { readBodies, validateRequests } from '../contracts/server/layers.ts';
import { mount } from '../contracts/server/mount.ts';
import { sendAnswer } from '../contracts/server/send-answer.ts';
import { serveDocument, servePage } from '../contracts/page/index.ts';
import { attachmentLinks, fileLimit } from './attachments/attachments.ts';
import { createConsoleRouter } from './control/console.ts';
import type { ConsoleConnector } from './control/console-connector.ts';
import { createControlRouter, type ControlOptions } from './control/control.ts';
import { noteAssumptions, meetFaults, reachWorld, understandWords, varyAnswers } from './http/layers.ts';
import { createCrossOrigin } from './http/cross-origin.ts';
import { admitToWorld } from './http/gateway.ts';
import { tolerateMistakes } from './http/lenient.ts';
import { recordRequests } from './http/record.ts';
import { refuseUnparsed, translateProblem } from './problems/problems.ts';
import { gemSample, pages } from './pages/samples.ts';
import { RequestLog } from './requests/request-log.ts';
import type { OnRequest } from './requests/request.ts';
import { handlers } from './resources/index.ts';
import type { Worlds } from './worlds/worlds.ts';

/** What the application is put together from. */
export interface AppOptions {
  worlds: Worlds;
  /** Remembers what came with a key that opens no world. */
  unknownKeyRequests?: RequestLog;
  applicationSecret: string;
  /** A key that is no secret, so that pages may show it. */
  publicKey?: string;
  /** Where clients reach the server, for links to it. Default: where they asked. */
  publicUrl?: string | undefined;
  /** Origins whose pages may ask, as `readOrigin` gives them. Default: none. */
  origins?: readonly string[];
  /** Whether what a proxy says of where clients asked is believed. Default: no. */
  trustProxy?: boolean;
  /** Notifies the operator. */
  notify?: (message: string) => void;
  /** The control API, where there is to be one. */
  control?: Pick<ControlOptions, 'context' | 'token'> | undefined;
  /** The connector that the console shows; the console is there where the control API is. */
  connector?: (() => ConsoleConnector | undefined) | undefined;
  /** Gets every request once it is answered. */
  onRequest?: OnRequest | undefined;
  checkAnswers: boolean;
  /** Gets every error that is a defect of the emulator and no refusal. */
  report: (defect: unknown) => void;
}

/**
 * Puts the emulator together: the control API with its console, the description for people and tools, then every operation of Gem and the
 * links to attachments behind the gateway.
 */
export function createApp({
  worlds,
  unknownKeyRequests = new RequestLog(),
  control,
  connector = () => undefined,
  applicationSecret,
  publicKey,
  publicUrl,
  origins = [],
  trustProxy = false,
  notify = () => {},
  onRequest,
  checkAnswers,
  report,
}: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.set('query parser', 'simple');
  app.set('trust proxy', trustProxy);
  app.use(requireHost);
  app.use(createCrossOrigin(origins, notify));
  const links = [...pages.gem, ...(control ? pages.control : [])];
  if (control) app.use(createControlRouter({ ...control, publicUrl, origins, checkAnswers, report }));
  if (control) app.use(createConsoleRouter({ token: control.token, origins, connector, report }));
  app.get('/docs', servePage(gemDescription, gemSample({ worlds, publicUrl }, publicKey), links));
  app.get('/openapi.json', serveDocument(gemDescription));
  app.use(
    mount({
      description: gemDescription,
      handlers,
      subject: ({ world }) => world,
      extraRoutes: [attachmentLinks],
      // What every request goes through, from the outside in; its answer takes the same way back.
      layers: [
        recordRequests({
          unknownKeyRequests,
          events: worlds.events,
          onRequest,
          sentAgain: control?.context.sentAgain,
        }),
        admitToWorld(worlds, applicationSecret),
        // The gateway's own ceiling lies a little above what a file may weigh (gem-ats-api §1.4, §5.4).
        readBodies({
          limit: fileLimit,
          isLenient: ({ world }) => world.unnotedSwitches.checking === 'lenient',
        }),
        understandWords,
        meetFaults,
        varyAnswers,
        tolerateMistakes,
        validateRequests(gemDescription),
        reachWorld({ worlds, publicUrl }),
        noteAssumptions,
      ],
      translate: (error) => translateProblem(error, report),
      checkAnswers,
    }),
  );
  // What the description's own pages cannot read, such as a path with a broken escape.
  const refuseUnreadable: ErrorRequestHandler = (error, _request, response, _next) => {
    sendAnswer(response, translateProblem(error, report));
  };
  app.use(refuseUnreadable);
  return app;
}

/** HTTP wants it of every request since its version 1.1. */
const requireHost: RequestHandler = (request, response, next) => {
  const isMissing = request.headers.host === undefined && request.httpVersion === '1.1';
  if (isMissing) sendAnswer(response, refuseUnparsed('Host'));
  else next();
};
