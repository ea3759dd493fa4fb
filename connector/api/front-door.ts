// In front of the routes: headers that every answer has, and answers to what is no HTTP request.
import type { RequestListener } from 'node:http';
import type { Express } from 'express';
import type { ListenOptions } from '../../contracts/server/listen.ts';
import { sendAnswer, type AnyAnswer } from '../../contracts/server/send-answer.ts';
import { UnknownPath } from '../../contracts/server/mount.ts';
import type { Log } from '../log.ts';
import { unreadableRequest } from '../errors.ts';
import { toAnswer } from './problems.ts';

/** What every answer carries: it is of one type, and no cache stores it, because it may be about people. */
const headersOfAll = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' } as const;

/** Wraps an app: each answer has these headers, and none is one of the framework's own pages. */
export function openFrontDoor(app: Express, log: Log, logUrlTemplate?: string | undefined): RequestListener {
  const handle: (...parameters: [...Parameters<RequestListener>, Refuse]) => void = app;
  return (request, response) => {
    for (const [name, value] of Object.entries(headersOfAll)) response.setHeader(name, value);
    const refuse: Refuse = (error) => {
      if (response.headersSent) response.destroy();
      else sendAnswer(response, toAnswer(error ?? new UnknownPath(), log, { logUrlTemplate }));
    };
    // HTTP wants it of every request since its version 1.1.
    const lacksHost = request.headers.host === undefined && request.httpVersion === '1.1';
    if (lacksHost) refuse(unreadableRequest('The header Host is missing.', 400));
    else handle(request, response, refuse);
  };
}

type Refuse = (error?: unknown) => void;

/** Bytes. A thousand ids in a query have 30,000; those of other tools may be longer. */
const headerLimit = 256 * 1024;

/** How the server itself is set up: what is promised passes, and what is no request is answered in Kombo's shape. */
export function frontDoorSettings(log: Log): Pick<ListenOptions, 'headerLimit' | 'answerUnparsed'> {
  return {
    headerLimit,
    answerUnparsed: (code): AnyAnswer => {
      const [status, message] = unparsed[code] ?? [400, 'This is no request that HTTP knows.'];
      return { ...toAnswer(unreadableRequest(message, status), log), headers: headersOfAll };
    },
  };
}

const unparsed: Readonly<Record<string, [status: 400 | 408 | 413 | 431, message: string]>> = {
  HPE_HEADER_OVERFLOW: [
    431,
    `The address and the headers together have more than ${headerLimit} bytes. Ask for fewer ids at once.`,
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The chunks of the body have extensions that are too long.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not come to its end in time.'],
  CONNECT: [400, 'This server is no proxy.'],
};
