import type { AnyAnswer } from '../../../contracts/server/send-answer.ts';
import { GatewayProblem, GemProblem, translateProblem } from '../../problems/problems.ts';
import type { FaultKind } from '../fault.ts';
import { effectOf } from '../when.ts';

/** Answers with a status, in the words of whichever layer of Gem would answer so. */
export const status: FaultKind<'status'> = (fault) => ({
  async strike(_request, proceed) {
    await effectOf(fault.when, proceed);
    const answer =
      fault.body === undefined ? gemsWords(fault.status) : { status: fault.status, body: fault.body };
    return { ...answer, ...(fault.headers && { headers: { ...fault.headers } }) };
  },
});

/** The answer of the layer that gives this status (gem-ats-api §1.4, §1.9). */
export function gemsWords(code: number): AnyAnswer {
  const words = gatewayWords[code];
  const message = code === 500 ? { message: 'Internal server error' } : {};
  const problem = words === undefined ? new GemProblem(code, message) : new GatewayProblem(code, words);
  return translateProblem(problem, () => {});
}

const gatewayWords: Readonly<Record<number, string>> = {
  403: 'Forbidden',
  413: 'Request Too Long',
  429: 'Too Many Requests',
  502: 'Internal server error',
  503: 'Service Unavailable',
  504: 'Endpoint request timed out',
};
