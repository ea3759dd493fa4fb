import type { FaultKind } from '../fault.ts';
import { nobodyListens } from '../../problems/no-answer.ts';
import { wait } from '../wait.ts';

/** Does what was asked for at once, and lets the answer wait: whoever gives up earlier may have changed something. */
export const latency: FaultKind<'latency'> = ({ milliseconds, jitter = 0 }, { chance, world }) => {
  let struck = 0;
  return {
    async strike({ left }, proceed) {
      struck += 1;
      const more = Math.floor(chance('jitter', struck) * (jitter + 1));
      const answer = await proceed();
      return (await wait(milliseconds + more, left, world)) ? answer : nobodyListens;
    },
  };
};
