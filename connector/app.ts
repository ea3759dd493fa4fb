import type { RequestListener } from 'node:http';
import { parse } from 'node:querystring';
import express, { type RequestHandler } from 'express';
import { readBodies, validateRequests } from '../contracts/server/layers.ts';
import { mount } from '../contracts/server/mount.ts';
import { serveDocument, servePage } from '../contracts/page/index.ts';
import { unifiedDescription } from '../contracts/unified.ts';
import type { Services } from './actions/services.ts';
import { sampleWith } from './api/examples.ts';
import { openFrontDoor } from './api/front-door.ts';
import { createHandlers } from './api/handlers.ts';
import { admitCaller, checkRequests, limitActions, tellLimits } from './api/layers.ts';
import { createLimits, noLimits, type CallLimits } from './api/limits.ts';
import { createTimeLimit, defaultActionTime } from './api/time-limit.ts';
import { toAnswer } from './api/problems.ts';
import { serveConnect } from './connect/serve-connect.ts';
import { defaultConnections, type ConnectionSettings } from './connect/links.ts';
import { serveFile } from './files/serve-file.ts';
import { actionCallNotes } from './webhooks/issues.ts';

/** What the HTTP side needs besides the services of its operations. */
export interface AppOptions {
  checkAnswers: boolean;
  /** None when left out. */
  limits?: CallLimits;
  /** Milliseconds that the caller of an action waits; what is usual when left out. */
  actionTimeLimit?: number;
  /** Is given what goes on after its caller was answered. */
  onGoingOn?: (rest: Promise<void>) => void;
  /** Where callers reach the server; left out, where each of them says that it reached it. */
  publicUrl?: string | undefined;
  /** Whose key the examples on the page at `/docs` are made with. */
  environment?: { environmentId: string; apiKey: string };
  /** How customers connect their accounts; left out, at Gem itself and without a partner's secret. */
  connections?: ConnectionSettings;
}

/** Puts the connector's HTTP side together: a sign of life, the description for people and tools, and the API. */
export function createApp(services: Services, options: AppOptions): RequestListener {
  const { checkAnswers, publicUrl } = options;
  const { log } = services;
  const limits = createLimits(services, options.limits ?? noLimits);
  const { actionTimeLimit: milliseconds = defaultActionTime, onGoingOn } = options;
  const withinTime = createTimeLimit({ milliseconds, log, onGoingOn });
  const app = express();
  app.disable('x-powered-by');
  // By default, what comes after a thousand parameters is left out, and a filter with it.
  app.set('query parser', (query: string | null) => parse(query ?? '', '&', '=', { maxKeys: 0 }));
  app.get('/health', answerHealth);
  app.get(
    '/docs',
    servePage(unifiedDescription, sampleWith(services.database, options.environment, publicUrl), pages),
  );
  app.get('/openapi.json', serveDocument(unifiedDescription));
  app.get('/files/:token', serveFile(services));
  app.use('/connect', serveConnect(services, options.connections ?? defaultConnections));
  app.use(
    '/v1',
    mount({
      description: unifiedDescription,
      handlers: createHandlers(services),
      subject: (caller) => caller,
      layers: [
        tellLimits(limits),
        admitCaller(services, { limits, publicUrl }),
        readBodies({
          limit: bodyLimit,
          jsonRules: ({ id }) => ({ depth: deepest, keepsNumbers: id === 'sendPassthroughRequest' }),
        }),
        validateRequests(unifiedDescription),
        checkRequests,
        limitActions(limits, withinTime, actionCallNotes(services)),
      ],
      translate: (error, operation) => toAnswer(error, log, operation),
      checkAnswers,
    }),
  );
  return openFrontDoor(app, log);
}

const pages = [
  { name: 'Unified API', path: '/docs' },
  { name: 'openapi.json', path: '/openapi.json' },
  { name: 'How customers connect', path: '/connect/guide' },
];

/** Bytes. Two files of 10 MB, the most that Gem takes, as base64. */
const bodyLimit = 28_000_000;

/** Arrays and objects in one another; what people write has a dozen. */
const deepest = 200;

const answerHealth: RequestHandler = (_request, response) => {
  response.json({ status: 'ok' });
};
