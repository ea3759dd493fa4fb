import type { Edit, TimelineEntry } from '../../seeds/index.ts';
import { atOnce, type Steps } from '../machine/slices.ts';
import { applyEdits } from '../edits/apply-edits.ts';
import type { Simulation } from '../simulation/simulation.ts';
import type { World } from '../world/world.ts';

/** An edit whose time came, but which could not be. */
export interface TimelineFailure {
  /** The instant at which it should have happened. */
  at: string;
  edit: Edit;
  /** Why it could not, and what to do about it. */
  message: string;
}

/** How many failures are remembered: the newest. */
export const maxFailures = 1000;

/** What recruiters will do in a world as its clock goes on: what was planned for them, and what they do by themselves. */
export class Timeline {
  readonly #world: World;
  readonly #simulation: Simulation;
  #waiting: { time: number; entry: TimelineEntry }[];
  #failures: TimelineFailure[] = [];

  /**
   * @param entries in any order; those of one instant keep theirs
   * @throws Error when one of them has no instant
   */
  constructor(world: World, simulation: Simulation, entries: readonly TimelineEntry[]) {
    this.#world = world;
    this.#simulation = simulation;
    this.#waiting = entries.map(timed).sort((one, other) => one.time - other.time);
  }

  /** What still waits for its time, in order. */
  entries(): TimelineEntry[] {
    return this.#waiting.map(({ entry }) => entry);
  }

  /** What could not happen when its time came, oldest first. */
  failures(): TimelineFailure[] {
    return [...this.#failures];
  }

  /**
   * Plans more edits, behind those of the same instant. One whose instant lies in the past happens next, at that instant.
   *
   * @throws Error when one of them has no instant
   */
  add(...entries: TimelineEntry[]): void {
    this.#waiting = [...this.#waiting, ...entries.map(timed)].sort((one, other) => one.time - other.time);
  }

  /** Lets everything happen whose time has come, each at its own time and in the order of time. */
  catchUp(): void {
    atOnce(this.due());
  }

  /** Whether the time of anything has come. */
  get isBehind(): boolean {
    return Math.min(this.#waiting[0]?.time ?? Infinity, this.#simulation.nextAt()) <= this.#world.clock.now();
  }

  /** Lets happen what is due, one thing at each step. */
  *due(): Steps<void> {
    const { clock } = this.#world;
    const simulation = this.#simulation;
    for (;;) {
      const [planned] = this.#waiting;
      const plannedAt = planned?.time ?? Infinity;
      const simulatedAt = simulation.nextAt();
      const time = Math.min(plannedAt, simulatedAt);
      if (time > clock.now()) return;
      clock.during(time, () => {
        if (plannedAt > simulatedAt) simulation.next();
        else this.#next();
      });
      yield;
    }
  }

  /** An edit that cannot be stops nothing else. */
  #next(): void {
    const entry = this.#waiting.shift()?.entry;
    if (!entry) return;
    try {
      applyEdits(this.#world, [entry.edit], { cause: { by: 'timeline' } });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#failures = [...this.#failures.slice(1 - maxFailures), { ...entry, message }];
    }
  }
}

function timed(entry: TimelineEntry): { time: number; entry: TimelineEntry } {
  const time = Date.parse(entry.at);
  if (Number.isNaN(time)) throw new Error(`"${entry.at}" is no instant; write it like 2026-11-16T09:00:00Z`);
  return { time, entry };
}
