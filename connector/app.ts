import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { mount, sendAnswer, UnknownPath } from '../contracts/mount.ts';
import { serveDocument, servePage } from '../contracts/page/index.ts';
import { unifiedDescription } from '../contracts/unified.ts';
import type { Services } from './actions/services.ts';
import { admit } from './api/admission.ts';
import { createHandlers } from './api/handlers.ts';
import { toAnswer } from './api/problems.ts';

/** Puts the connector's HTTP side together: a sign of life, the description for people and tools, and the API. */
export function createApp(services: Services, { checkAnswers }: { checkAnswers: boolean }): Express {
  const { log } = services;
  const app = express();
  app.disable('x-powered-by');
  app.get('/health', answerHealth);
  app.get('/docs', servePage(unifiedDescription));
  app.get('/openapi.json', serveDocument(unifiedDescription));
  app.use(
    '/v1',
    mount({
      description: unifiedDescription,
      handlers: createHandlers(services),
      admit: (request, operation) => admit(services, request, operation),
      translate: (error) => toAnswer(error, log),
      bodyLimit,
      checkAnswers,
    }),
  );
  app.use((_request, response) => sendAnswer(response, toAnswer(new UnknownPath(), log)));
  app.use(((error, _request, response, _next) =>
    sendAnswer(response, toAnswer(error, log))) satisfies ErrorRequestHandler);
  return app;
}

/** Bytes. Two files of 10 MB, the most that Gem takes, as base64. */
const bodyLimit = 28_000_000;

const answerHealth: RequestHandler = (_request, response) => {
  response.json({ status: 'ok' });
};
