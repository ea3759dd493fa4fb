import type { FaultKind } from '../fault.ts';
import { connectionReset as noAnswer } from '../../problems/no-answer.ts';
import { effectOf } from '../when.ts';

/** Cuts the connection without an answer. */
export const connectionReset: FaultKind<'connection_reset'> = ({ when }) => ({
  async strike(_request, proceed) {
    await effectOf(when, proceed);
    return noAnswer;
  },
});
