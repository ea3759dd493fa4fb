import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import { suggest, violationsOf } from '../../seeds/fields.ts';
import type { MetRequest } from '../requests/request.ts';
import { explain } from '../problems/explain.ts';
import { operationNames } from '../requests/operations.ts';
import { type ArmedFault, type Fault, type FaultyWorld, InvalidFault, type Proceed } from './fault.ts';
import { WaitingFault } from './waiting-fault.ts';

// Not imported by name, as in contracts/server/listen.ts: it takes long.
const { validateHeaderName, validateHeaderValue } = process.getBuiltinModule('node:http');

export type { ArmedFault, Fault } from './fault.ts';

/** How many faults a world holds, spent ones too: each request looks at those that wait. */
export const maxArmed = 1000;

/**
 * The failures that stand in front of a world's handlers, behind the gateway: what it refuses meets none of them.
 *
 * A request meets them in the order in which they were armed. Each that strikes stands around those that come after it: it
 * may answer itself, and then nothing else is met, or change the answer that comes from behind.
 */
export class Faults {
  readonly #world: FaultyWorld;
  #armed: readonly WaitingFault[] = [];
  /** Those that are not spent. Neither list is ever changed, only replaced: a request goes along the one that it found. */
  #waiting: readonly WaitingFault[] = [];
  #count = 0;

  constructor(world: FaultyWorld) {
    this.#world = world;
  }

  /** Whether a request could meet anything. */
  get areWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /**
   * Arms a fault.
   *
   * @throws InvalidFault
   */
  arm(fault: Fault): ArmedFault {
    checkFault(fault);
    if (this.#armed.length >= maxArmed) {
      const message = `the world has ${maxArmed} faults already, which is the most; disarm those that are done with`;
      throw new InvalidFault([{ path: '', message }]);
    }
    this.#count += 1;
    const id = `fault-${this.#count}`;
    const armed = new WaitingFault(structuredClone(fault), { id, world: this.#world });
    this.#armed = [...this.#armed, armed];
    this.#waiting = [...this.#waiting, armed];
    this.#tell('armed', armed);
    return armed.state();
  }

  /** How many are not spent. */
  get waitingCount(): number {
    return this.#waiting.length;
  }

  /** All that were armed, spent ones too, oldest first. */
  list(): ArmedFault[] {
    return this.#armed.map((armed) => armed.state());
  }

  /** @returns whether there was such a fault */
  disarm(id: string): boolean {
    const armed = this.#armed.find((one) => one.id === id);
    if (!armed) return false;
    armed.disarm();
    this.#armed = this.#armed.filter((one) => one !== armed);
    this.#waiting = this.#waiting.filter((one) => one !== armed);
    this.#tell('removed', armed);
    return true;
  }

  /** Disarms all of them and counts from 1 again. */
  clear(): void {
    for (const armed of this.#armed) {
      armed.disarm();
      this.#tell('removed', armed);
    }
    this.#armed = [];
    this.#waiting = [];
    this.#count = 0;
  }

  /**
   * Lets a request meet the faults that wait for it.
   *
   * @param proceed does what was asked for and never throws
   * @returns the answer, or another one in its place
   */
  meet(request: MetRequest, proceed: Proceed): Promise<AnyAnswer> {
    return this.#meetEach(this.#waiting, request, proceed);
  }

  #tell(what: 'armed' | 'struck' | 'removed', { id, kind, struck }: WaitingFault): void {
    this.#world.tell({ type: 'fault', what, fault: id, kind, struck });
  }

  #meetEach(waiting: readonly WaitingFault[], request: MetRequest, proceed: Proceed): Promise<AnyAnswer> {
    const index = waiting.findIndex((armed) => armed.takes(request));
    const armed = waiting[index];
    if (!armed) return proceed();
    if (armed.isSpent) this.#waiting = this.#waiting.filter((one) => one !== armed);
    request.trace.faults.push(armed.id);
    request.trace.faultKinds.push(armed.kind);
    this.#tell('struck', armed);
    const behind = waiting.slice(index + 1);
    return armed.apply(request, (instead) =>
      this.#meetEach(behind, request, (nearer) => proceed(nearer ?? instead)),
    );
  }
}

/**
 * Holds a fault against its description, and against what no schema can see: faults come from tests as well as through
 * the control API.
 *
 * @throws InvalidFault with the nearest right words
 */
function checkFault(fault: Fault): void {
  const violations = violationsOf('Fault', fault);
  if (violations.length > 0) throw new InvalidFault(explain(violations, 'the fault'));
  const problems = [...wrongMatches(fault), ...wrongHeaders(fault)];
  if (problems.length > 0) throw new InvalidFault(problems);
}

type Problems = InvalidFault['problems'];

/** What would never match: better said now than waited for. */
function wrongMatches({ match = {} }: Fault): Problems {
  const { operation, status } = match;
  const names = operationNames();
  const isUnknown = operation !== undefined && !names.includes(operation);
  const { suggestion } = isUnknown ? suggest(operation, names) : {};
  const advice = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
  return [
    ...(isUnknown
      ? [{ path: 'match.operation', message: `there is no operation "${operation}"${advice}` }]
      : []),
    ...(status === undefined
      ? []
      : [{ path: 'match.status', message: 'a fault meets requests before they have a status' }]),
  ];
}

/** Headers that could not be sent, or would take the answer apart. */
function wrongHeaders(fault: Fault): Problems {
  const headers = {
    ...(fault.fault === 'status' && fault.headers),
    ...(fault.fault === 'wrong_content_type' &&
      fault.content_type !== undefined && { 'content-type': fault.content_type }),
  };
  return Object.entries(headers).flatMap(([name, value]) => {
    const message = wrongHeader(name, value);
    const path = fault.fault === 'status' ? `headers.${name}` : 'content_type';
    return message === undefined ? [] : [{ path, message }];
  });
}

function wrongHeader(name: string, value: string): string | undefined {
  if (framing.has(name.toLowerCase())) return `${name} frames the answer and cannot be chosen`;
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const framing = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'trailer',
]);
