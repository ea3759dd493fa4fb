import express, {
  Router,
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { Services } from '../actions/services.ts';
import { DatabaseUnreachable } from '../store/outage.ts';
import { isOwnForm, type ConnectionSettings } from './links.ts';
import { closed, createFlow, type Flow, type ShownPage } from './flow.ts';
import { guidePage } from './pages/guide.ts';
import { scriptHash, styleHash } from './pages/layout.ts';

/**
 * Serves the connection page at `/connect/{token}`, and the connection guide at `/connect/guide` (kombo-unified-api
 * §4.3). Plain forms: each is sent, and then the page is asked for anew. No key is ever sent back or logged.
 */
export function serveConnect(services: Services, settings: ConnectionSettings): Router {
  const flow = createFlow(services, settings);
  const router = Router();
  router.use((_request, response, next) => {
    response.set(headersFor(false));
    next();
  });
  router.get('/guide', (_request, response) => {
    response.type('html').send(guidePage());
  });
  router.get('/:token', showStep(flow));
  const readForm = express.urlencoded({ extended: false, limit: '20kb' });
  for (const step of ['key', 'back', 'finish'] as const) {
    router.post(`/:token/${step}`, readForm, takeStep(flow, step));
  }
  router.use((_request, response) => show(response, closed('unknown')));
  router.use(((error, _request, response, next) => {
    if (response.headersSent) return next(error);
    if (isUnreadableForm(error)) return show(response, closed('unreadable'));
    // The store logs an outage of the database once.
    if (error instanceof DatabaseUnreachable) return show(response, closed('away'));
    // The log gets the error, and never what was entered.
    services.log('the connection page failed', error);
    return show(response, closed('failed'));
  }) satisfies ErrorRequestHandler);
  return router;
}

function showStep(flow: Flow): RequestHandler<Link> {
  return async (request, response) => {
    show(response, await flow.show(request.params.token, actionOf(request)));
  };
}

/** Takes a form of the link's own page; a page that was sent is asked for anew, so that reloading it sends nothing. */
function takeStep(flow: Flow, step: keyof typeof steps): RequestHandler<Link> {
  return async (request, response) => {
    const { token } = request.params;
    const form = fieldsOf(request.body);
    if (!isSameSite(request) || !isOwnForm(token, form('form_token'))) {
      show(response, closed('not-ours'));
      return;
    }
    const shown = await flow[steps[step]](token, actionOf(request), form);
    if (shown) show(response, shown);
    else response.redirect(303, actionOf(request));
  };
}

/** Which form is sent where. */
const steps = { key: 'enterKey', back: 'goBack', finish: 'finish' } as const;

interface Link {
  [name: string]: string;
  token: string;
}

function show(response: Response, { status, page, isEmbedded = false }: ShownPage): void {
  response.status(status).set(headersFor(isEmbedded)).type('html').send(page);
}

/**
 * Nothing is loaded from elsewhere, nothing cached, and no referrer sent: the address is the key to the page. Only an
 * embedded link may be shown within another page.
 */
function headersFor(isEmbedded: boolean): Record<string, string> {
  const ancestors = isEmbedded ? 'https: http://localhost:* http://127.0.0.1:*' : "'none'";
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src ${styleHash}`,
      `script-src ${scriptHash}`,
      "connect-src 'self'",
      'img-src data:',
      "form-action 'self'",
      "base-uri 'none'",
      `frame-ancestors ${ancestors}`,
    ].join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
}

/** Browsers say where a form was sent from; those that do not are held to the form's token alone. */
function isSameSite(request: Request<Link>): boolean {
  const site = request.get('Sec-Fetch-Site');
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** The page's own address, without what follows it. */
function actionOf({ baseUrl, params }: Request<Link>): string {
  return `${baseUrl}/${encodeURIComponent(params.token)}`;
}

function fieldsOf(body: unknown): (name: string) => string {
  return (name) => {
    const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
    // Half characters and NUL cannot be stored, and mean nothing in any field.
    return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed().trim() : '';
  };
}

function isUnreadableForm(error: unknown): boolean {
  return (
    error instanceof URIError ||
    (error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500)
  );
}
