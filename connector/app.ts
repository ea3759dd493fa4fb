import type { RequestListener } from 'node:http';
import { parse } from 'node:querystring';
import express from 'express';
import { readBodies, validateRequests } from '../contracts/server/layers.ts';
import { mount } from '../contracts/server/mount.ts';
import { serveDocument, servePage } from '../contracts/page/index.ts';
import { unifiedDescription } from '../contracts/unified.ts';
import type { Services } from './actions/services.ts';
import { sampleWith } from './api/examples.ts';
import { openFrontDoor } from './api/front-door.ts';
import { createHandlers } from './api/handlers.ts';
import {
  admitCaller,
  checkRequests,
  countActions,
  keepToScope,
  limitActions,
  tellLimits,
} from './api/layers.ts';
import { createLimits, noLimits, type CallLimits } from './api/limits.ts';
import { createTimeLimit, defaultActionTime } from './api/time-limit.ts';
import { toAnswer } from './api/problems.ts';
import { serveConnect } from './connect/serve-connect.ts';
import { defaultConnections, type ConnectionSettings } from './connect/links.ts';
import { serveFile } from './files/serve-file.ts';
import { actionCallNotes } from './webhooks/issues.ts';
import { observeRequests } from './observe/requests.ts';
import { serveStatus, type StatusSources } from './status/serve-status.ts';

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
  /** What is told of this process; left out, what the store says. */
  status?: StatusSources;
  /** Whether metrics are answered here, and not on a port of their own; not when left out. */
  hasMetrics?: boolean;
  /** Where the log of a call can be read. */
  logUrlTemplate?: string | undefined;
  /** Whether each request has a line in the log; none has when left out. */
  logsRequests?: boolean;
  /** How customers connect their accounts; left out, at Gem itself and without a partner's secret. */
  connections?: ConnectionSettings;
}

/** Puts the connector's HTTP side together: its state, the description for people and tools, and the API. */
export function createApp(services: Services, options: AppOptions): RequestListener {
  const { checkAnswers, publicUrl, logUrlTemplate, hasMetrics = false } = options;
  const { log, database } = services;
  const limits = createLimits(services, options.limits ?? noLimits);
  const { actionTimeLimit: milliseconds = defaultActionTime, onGoingOn } = options;
  const withinTime = createTimeLimit({ milliseconds, log, onGoingOn });
  const app = express();
  app.disable('x-powered-by');
  // By default, what comes after a thousand parameters is left out, and a filter with it.
  app.set('query parser', (query: string | null) => parse(query ?? '', '&', '=', { maxKeys: 0 }));
  const status = options.status ?? { database, ...withoutWork };
  app.use(serveStatus(status, { hasMetrics }));
  app.get(
    '/docs',
    servePage(unifiedDescription, sampleWith(database, options.environment, publicUrl), pages),
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
        countActions,
        keepToScope,
        readBodies({
          limit: bodyLimit,
          jsonRules: ({ id }) => ({ depth: deepest, keepsNumbers: id === 'sendPassthroughRequest' }),
        }),
        validateRequests(unifiedDescription),
        checkRequests,
        limitActions(limits, withinTime, actionCallNotes(services)),
      ],
      translate: (error, operation) => toAnswer(error, log, { operation, logUrlTemplate }),
      checkAnswers,
    }),
  );
  return observeRequests(openFrontDoor(app, log, logUrlTemplate), options.logsRequests ? log : undefined);
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

const withoutWork: Omit<StatusSources, 'database'> = {
  kinds: [],
  heartbeat: undefined,
  telemetry: undefined,
  gauges: undefined,
};
