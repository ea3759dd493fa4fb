import type { ControlSchemas } from '../../contracts/control.ts';
import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import type { MetRequest } from '../requests/request.ts';
import type { Steps } from '../machine/slices.ts';
import type { World } from '../world/world.ts';

/** A failure as a test describes it. */
export type Fault = ControlSchemas['Fault'];

/** A failure that waits for requests, and what it has done so far. */
export type ArmedFault = ControlSchemas['ArmedFault'];

export type FaultName = Fault['fault'];

/** The faults of one kind. */
export type FaultOf<Name extends FaultName> = Extract<Fault, { fault: Name }>;

/**
 * Does what a request asks for, with all other faults that it meets. It never throws.
 *
 * @param instead another page of the listing, in place of the one that was asked for
 */
export type Proceed = (instead?: { page: number }) => Promise<AnyAnswer>;

/** What a fault does. */
export interface FaultEffect {
  /** Whether it is there for such a request at all, besides what its matcher says. Without it, for any. */
  concerns?: (request: MetRequest) => boolean;
  /** Whether it strikes now, where it otherwise would. Is asked once for each such request. */
  isDue?: () => boolean;
  /** Answers in place of what was asked for, or changes the answer to it. */
  apply: (request: MetRequest, proceed: Proceed) => Promise<AnyAnswer>;
}

/** Chance that follows from a seed: the nth throw for a purpose is always the same number from 0 up to, not including, 1. */
export type Chance = (purpose: string, nth: number) => number;

/** A world in which work may be under way, and others wait for it. */
export interface FaultyWorld extends World {
  /** What has to be waited for before anything else is begun; undefined where that is nothing. */
  unsettled(): Promise<unknown> | undefined;
  /** Does some work a moment at a time. @returns undefined where the world began anew meanwhile */
  runExclusively<Result>(work: Steps<Result>): Promise<Result | undefined>;
}

/** What a kind of fault is made with. */
export interface FaultContext {
  id: string;
  world: FaultyWorld;
  chance: Chance;
}

/** One kind of fault. */
export type FaultKind<Name extends FaultName> = (fault: FaultOf<Name>, context: FaultContext) => FaultEffect;

/** A fault that cannot be armed. */
export class InvalidFault extends Error {
  /** All that is wrong with it: where, and what to do about it. */
  readonly problems: readonly { path: string; message: string }[];

  constructor(problems: InvalidFault['problems']) {
    super(problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; '));
    this.problems = problems;
  }
}
