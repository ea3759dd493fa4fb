import type { AnyAnswer } from '../../contracts/server/send-answer.ts';

/** Nobody is there any more who could be answered. */
export const nobodyListens: AnyAnswer = { status: 0, body: undefined, deliver: () => {} };

/** The connection is reset before a byte of the answer has left. */
export const connectionReset: AnyAnswer = {
  status: 0,
  body: undefined,
  deliver: (response) => response.socket?.resetAndDestroy(),
};
