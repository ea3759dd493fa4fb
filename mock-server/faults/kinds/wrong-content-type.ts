import type { FaultKind } from '../fault.ts';
import { changed } from '../when.ts';

/** Answers with a page of HTML in place of JSON, as a proxy in between does. */
export const wrongContentType: FaultKind<'wrong_content_type'> = ({ content_type = 'text/html' }) => ({
  strike: (_request, proceed) =>
    changed(proceed, ({ status }) => ({
      // An answer with 204 cannot have a body.
      status: status === 204 ? 200 : status,
      body: page,
      headers: { 'Content-Type': content_type },
    })),
});

const page = Buffer.from(
  '<!doctype html>\n<html><head><title>One moment</title></head><body><h1>One moment, please</h1></body></html>\n',
);
