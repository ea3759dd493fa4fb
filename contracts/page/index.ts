import type { RequestHandler } from 'express';
import type { Description } from '../description.ts';
import { forTools } from '../for-tools.ts';
import { renderPage } from './page.ts';

/** Serves a description as a page for people, at `/docs`. */
export function servePage(description: Description): RequestHandler {
  let page: string | undefined;
  return (_request, response) => {
    page ??= renderPage(description);
    response
      .setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'")
      .type('html')
      .send(page);
  };
}

/** Serves a description at `/openapi.json`, for tools. */
export function serveDocument({ document }: Description): RequestHandler {
  const served = forTools(document);
  return (_request, response) => {
    response.json(served);
  };
}
