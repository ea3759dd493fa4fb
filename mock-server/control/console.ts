import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, {
  Router,
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { sendAnswer } from '../../contracts/server/send-answer.ts';
import { passToConnector, type ConsoleConnector } from './console-connector.ts';
import { createAdmission, createPageAdmission } from './admission.ts';
import { translateControlProblem } from './problems.ts';

interface ConsoleOptions {
  /** What a caller has to know, as of the control API. */
  token: string | undefined;
  /** Origins whose pages may call. */
  origins: readonly string[];
  /** The connector that the console shows; it may come later than the emulator. */
  connector: () => ConsoleConnector | undefined;
  report: (defect: unknown) => void;
}

/** Where the console is. No API of Gem has this prefix. */
export const consolePrefix = '/_console';

/** What `npm run build:console` made; it lies in the same place in a package. */
const built = fileURLToPath(new URL('../console/dist/', import.meta.url));

/**
 * The console: its page and what belongs to it, and the way to the connector. The page itself is no secret; all that it asks
 * for is asked of the control API, and of the connector by the same rule.
 */
export function createConsoleRouter({ token, origins, connector, report }: ConsoleOptions): RequestHandler {
  const admit = createAdmission(token, origins);
  const admitToPage = createPageAdmission(token);
  const router = Router({ caseSensitive: true });
  const pass = passToConnector(connector);
  const guard = (request: Request, response: Response): void => {
    response.setHeader('Cache-Control', 'no-store');
    admit(request);
  };
  router.get(`${consolePrefix}/settings`, (request, response) => {
    guard(request, response);
    const { url, integrationId } = connector() ?? {};
    response.json({ connector: url === undefined ? null : { url, integration_id: integrationId ?? null } });
  });
  router.use(`${consolePrefix}/connector`, (request, response, next) => {
    // The address without more is a page.
    if (request.path === '/') return next();
    guard(request, response);
    return pass(request, response, next);
  });
  router.use(consolePrefix, express.static(built, { index: false, redirect: false, setHeaders: keep }));
  router.get(`${consolePrefix}/assets/{*file}`, (_request, response) => {
    sendAnswer(response, { status: 404, body: { message: 'The console has no such file.' } });
  });
  router.use(servePage);
  const refuse: ErrorRequestHandler = (error, _request, response, _next) => {
    sendAnswer(response, translateControlProblem(error, report));
  };
  router.use(refuse);
  return (request, response, next) => {
    if (!`${request.path}/`.startsWith(`${consolePrefix}/`)) return next();
    try {
      admitToPage(request);
    } catch (refusal) {
      return sendAnswer(response, translateControlProblem(refusal, report));
    }
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    return router(request, response, next);
  };
}

/** A file that is named after what it holds never changes; all others are asked for anew. */
function keep(response: ServerResponse, path: string): void {
  const isNamedAfterContent = dirname(path) === join(built, 'assets');
  response.setHeader(
    'Cache-Control',
    isNamedAfterContent ? 'public, max-age=31536000, immutable' : 'no-cache',
  );
  response.setHeader('X-Content-Type-Options', 'nosniff');
}

/** Every address of the console is the same page, which finds out by itself what to show. */
const servePage: RequestHandler = (request, response) => {
  if (!isRead(request)) {
    sendAnswer(response, { status: 405, body: { message: 'The console is a page: GET it.' } });
    return;
  }
  const nonce = randomBytes(16).toString('base64');
  response.setHeader('Content-Security-Policy', policyOf(nonce));
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  const file = join(built, 'index.html');
  if (!existsSync(file)) {
    response.status(503).type('html').send(notBuilt);
    return;
  }
  const page = readFileSync(file, 'utf8');
  response.type('html').send(page.replaceAll('the-nonce', nonce));
};

function isRead({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** The nonce lets in the styles that an editor makes for itself, and no others. */
function policyOf(nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `connect-src 'self'`,
    `img-src 'self' data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>mock-gem</title>
<h1>The console is not built here</h1><p><code>npm run build:console</code> builds it; <code>npm ci</code> does so too.</p></html>`;
