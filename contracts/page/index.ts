import type { Request, RequestHandler } from 'express';
import type { Description } from '../description.ts';
import { forTools } from '../for-tools.ts';
import type { Sample } from './examples.ts';
import { renderPage, type PageLink } from './page.ts';
import { scriptHash } from './script.ts';
import { styleHash } from './style.ts';

export type { Sample } from './examples.ts';

/**
 * Serves a description as a page for people, at `/docs`.
 *
 * @param sample asked each time, as what examples speak of may be gone by then
 * @param links the other pages of the server
 */
export function servePage(
  description: Description,
  sample: (request: Request) => Sample | Promise<Sample>,
  links: readonly PageLink[],
): RequestHandler {
  return async (request, response) => {
    const page = renderPage(description, await sample(request), links);
    response.setHeader('Content-Security-Policy', policy).type('html').send(page);
  };
}

const policy = `default-src 'none'; style-src ${styleHash}; script-src ${scriptHash}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Serves a description at `/openapi.json`, for tools. */
export function serveDocument({ document }: Description): RequestHandler {
  // Made when somebody asks: most servers in tests are never asked, and it takes longer than all else at their start.
  let served: object | undefined;
  return (_request, response) => {
    response.json((served ??= forTools(document)));
  };
}
