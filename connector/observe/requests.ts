import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { context, propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import type { Log } from '../log.ts';
import { instruments } from './instruments.ts';
import { noteFailure, tracer, withFields, type Fields } from './trace.ts';

/**
 * Stands around a server: each request has an id, which its answer carries too, is one step of its caller's trace, and is
 * measured. What is asked only to watch this process, such as its health, is measured alone.
 *
 * @param log gets a line for each request, if it is given
 */
export function observeRequests(listener: RequestListener, log?: Log): RequestListener {
  return (request, response) => {
    const begin = performance.now();
    const fields: Fields = { request_id: requestIdOf(request) };
    response.setHeader('X-Request-Id', fields.request_id ?? '');
    const method = known.has(request.method ?? '') ? (request.method ?? '') : 'other';
    const caller = withFields(propagation.extract(ROOT_CONTEXT, request.headers), fields);
    const isTraced = !/^\/(?:health|metrics)\b/.test(request.url ?? '');
    const span = isTraced
      ? tracer().startSpan(
          method,
          { kind: SpanKind.SERVER, attributes: { 'http.request.method': method, ...fields } },
          caller,
        )
      : undefined;
    const within = span ? trace.setSpan(caller, span) : caller;
    response.once('close', () => {
      const route = routeOf(request);
      const status = response.writableFinished ? `${response.statusCode}` : 'aborted';
      const seconds = (performance.now() - begin) / 1000;
      instruments.requests.record(seconds, { method, route, status });
      if (isTraced && log) {
        context.with(within, () =>
          log(`${method} ${route} ${status}`, undefined, {
            level: 'debug',
            milliseconds: Math.round(seconds * 1000),
          }),
        );
      }
      if (!span) return;
      span.updateName(`${method} ${route}`);
      span.setAttributes({ 'http.route': route, 'http.response.status_code': response.statusCode });
      if (response.statusCode >= 500) noteFailure(span, status);
      span.end();
    });
    context.with(within, () => listener(request, response));
  };
}

const known = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The caller's own, where it is one; so that a call can be found in both logs. */
function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}

/** The path as it is described, with the names of its parameters; all that lead nowhere are one. */
function routeOf(request: IncomingMessage): string {
  if (!('baseUrl' in request && 'route' in request)) return nowhere;
  const { baseUrl, route } = request;
  const path: unknown =
    typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined;
  if (typeof path !== 'string' || typeof baseUrl !== 'string') return nowhere;
  // The framework takes the beginning of a path in any case, and keeps it as it came.
  return `${baseUrl.toLowerCase()}${path}`.replaceAll(/:(\w+)/g, '{$1}');
}

const nowhere = 'none';
