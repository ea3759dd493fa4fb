import { createHash } from 'node:crypto';
import { violationsOf } from '../../seeds/fields.ts';
import { createKit } from '../../seeds/factories/kit.ts';
import { type EditOutcome, applyEdits } from '../edits/apply-edits.ts';
import { atOnce, type Steps } from '../machine/slices.ts';
import type { World } from '../world/world.ts';
import { EditProblem } from '../edits/editing.ts';
import { applicationActivities } from './activities/applications.ts';
import { candidateActivities } from './activities/candidates.ts';
import { interviewActivities } from './activities/interviews.ts';
import { jobActivities } from './activities/jobs.ts';
import { type Activity, RecruiterView } from './recruiter-view.ts';

/** Recruiters at work, and how far they have come: all it takes to go on from there. */
export interface SimulationState {
  /** How many events an hour of the world's clock has on average. */
  perHour: number;
  /** What all chance follows from. */
  seed: string;
  /** How many events have happened since the start. */
  played: number;
  /** When the next one happens, in milliseconds since 1970. */
  nextAt: number;
  /** About how many never happened because too many were due at once. */
  leftOut: number;
}

/** How many events the clock can bring at once. Of more, the newest happen and the older ones are left out. */
export const maxAtOnce = 5_000;

/**
 * Believable recruiter activity that goes on by itself as the world's clock does. Events come at random, but their times
 * and all that they choose follow from the seed and their number, so that it does not matter in which steps the clock
 * gets there.
 */
export class Simulation {
  readonly #world: World;
  #state: SimulationState | undefined;
  #playedAtOnce = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /**
   * Lets recruiters work from now on; those who did already stop.
   *
   * @param perHour events per hour of the world's clock, on average
   * @param seed any text; the world's own seed where none is given
   * @throws RangeError when it is no rate of the control API
   */
  start({ perHour, seed = this.#world.identifiers.seed }: { perHour: number; seed?: string }): void {
    if (violationsOf('EventsPerHour', perHour).length > 0) {
      throw new RangeError(
        `${perHour} is no rate; give a number of events per hour from 0.001 to 100000, such as 20`,
      );
    }
    const start = { perHour, seed, played: 0, leftOut: 0 };
    this.#state = { ...start, nextAt: this.#world.clock.now() + gapBefore(start) };
  }

  /** Goes on where another simulation, or this one, stood. */
  resume(state: SimulationState): void {
    this.#state = { ...state };
  }

  /** Stops the recruiters; what they have done stays. */
  stop(): void {
    this.#state = undefined;
    this.#playedAtOnce = 0;
  }

  /**
   * Lets so many believable things happen at once, at the present moment of the world's clock.
   *
   * @param seed what all choices follow from; the world's own seed where none is given
   * @returns what was done, in order
   */
  play(asked: { events: number; seed?: string }): EditOutcome[] {
    const outcomes: EditOutcome[] = [];
    atOnce(this.playInSteps(asked, outcomes));
    return outcomes;
  }

  /** The same, one event at each step. @param outcomes gets what was done */
  *playInSteps(
    { events, seed = this.#world.identifiers.seed }: { events: number; seed?: string },
    outcomes: EditOutcome[],
  ): Steps<void> {
    for (let count = 0; count < events; count += 1) {
      outcomes.push(...playEvent(this.#world, `${seed}\nat once\n${this.#nextAtOnce()}`));
      yield;
    }
  }

  /** How far it has come; undefined while no recruiter works. */
  state(): SimulationState | undefined {
    return this.#state && { ...this.#state };
  }

  /** When the next event happens, in milliseconds since 1970. */
  nextAt(): number {
    return this.#state?.nextAt ?? Infinity;
  }

  /** Leaves out what would take too long to catch up with: no request waits for the events of a century. */
  plan(): void {
    const state = this.#state;
    if (!state) return;
    const meanGap = hour / state.perHour;
    const due = (this.#world.clock.now() - state.nextAt) / meanGap;
    if (due <= maxAtOnce) return;
    const leftOut = Math.ceil(due - maxAtOnce);
    state.leftOut += leftOut;
    state.nextAt += Math.ceil(leftOut * meanGap);
  }

  /** Lets the next event happen, at the time that the clock shows. */
  next(): void {
    const state = this.#state;
    if (!state) return;
    const number = state.played;
    state.played += 1;
    state.nextAt += gapBefore(state);
    playEvent(this.#world, `${state.seed}\n${number}`);
  }

  /** The number of the next event that is asked for by itself, so that no two are alike. */
  #nextAtOnce(): string {
    this.#playedAtOnce += 1;
    const used = this.#world.identifiers.used().map(([, count]) => count);
    return [this.#playedAtOnce, ...used].join();
  }
}

/** The time to the next event, in whole milliseconds: what chance gives a process without memory (Poisson's). */
function gapBefore({ perHour, seed, played }: Pick<SimulationState, 'perHour' | 'seed' | 'played'>): number {
  return Math.round((-Math.log(1 - chanceOf(`${seed}\ntime\n${played}`)) * hour) / perHour);
}

/** A number from 0 (included) to 1 (not) that follows from a text and looks like chance. */
function chanceOf(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6) / 2 ** 48;
}

const hour = 60 * 60 * 1000;

/**
 * Lets something believable happen now, out of what is possible in a world.
 *
 * @param seed what all choices follow from
 * @returns what was done; nothing where nothing can be
 */
function playEvent(world: World, seed: string): EditOutcome[] {
  const { chance } = createKit(seed, world.now(), world.identifiers);
  const view = new RecruiterView(world, chance);
  let possible = activities;
  while (possible.length > 0) {
    const activity = chooseActivity(possible, chance.number.float());
    const edits = activity.plan(view);
    try {
      if (edits) return applyEdits(world, edits, { seed, cause: { by: 'simulation' } });
    } catch (error) {
      // A world can be in states that no activity foresees; then something else happens.
      if (!(error instanceof EditProblem)) throw error;
    }
    possible = possible.filter((other) => other !== activity);
  }
  return [];
}

/** One of several activities, each as often as its weight says. @param at from 0 to 1 */
function chooseActivity(from: readonly Activity[], at: number): Activity {
  let left = at * from.reduce((total, { weight }) => total + weight, 0);
  for (const activity of from) {
    left -= activity.weight;
    if (left < 0) return activity;
  }
  const last = from.at(-1);
  if (!last) throw new Error('there is nothing to choose from');
  return last;
}

/** All that recruiters do by themselves. */
export const activities: readonly Activity[] = [
  ...applicationActivities,
  ...candidateActivities,
  ...interviewActivities,
  ...jobActivities,
];
