import type { FaultKind } from '../fault.ts';
import { nobodyListens } from '../../problems/no-answer.ts';
import { wait } from '../wait.ts';
import { effectOf } from '../when.ts';
import { gemsWords } from './status.ts';

/** Says nothing until the time is over, then answers 504. */
export const timeout: FaultKind<'timeout'> = ({ when, milliseconds = gatewayPatience }, { world }) => ({
  async strike({ left }, proceed) {
    await effectOf(when, proceed);
    return (await wait(milliseconds, left, world)) ? gemsWords(504) : nobodyListens;
  },
});

/** How long the gateway waits for the application (gem-ats-api §1.4). */
const gatewayPatience = 29_000;
