// How the store of files refuses the link to one.
import type { AnyAnswer } from '../../contracts/server/send-answer.ts';

/** The file store refuses, in plain words and without an envelope. */
export class LinkRefused extends Error {
  readonly status: 403 | 404;
  constructor(message: string, status: 403 | 404 = 403) {
    super(message);
    this.status = status;
  }
}

/** What a link gets whose time is over. */
export function linkExpired(): LinkRefused {
  return new LinkRefused('Access denied: the link has expired.');
}

/** What a link gets that was not made by this server, or was made for another file. */
export function linkNotSigned(): LinkRefused {
  return new LinkRefused('Access denied: the link is not signed for this file.');
}

/** The refusal as it is answered. */
export function refuseLink({ message, status }: LinkRefused): AnyAnswer {
  return {
    status,
    body: Buffer.from(`${message}\n`),
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  };
}
