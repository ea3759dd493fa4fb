import { Faults } from '../faults/faults.ts';
import { inSlices, type Steps } from '../machine/slices.ts';
import { Simulation, type SimulationState } from '../simulation/simulation.ts';
import type { WorldStart } from '../world/start.ts';
import { World, type Surroundings, type WorldSettings } from '../world/world.ts';
import { Timeline } from './timeline.ts';

/** What a world that a server holds is made with. */
export interface LiveWorldSettings extends WorldSettings {
  /** Recruiters who are at work from the beginning. */
  simulation?: SimulationState | undefined;
}

/** A world in which things happen: recruiters work, plans fall due, faults wait, and slow work goes on a moment at a time. */
export class LiveWorld extends World {
  readonly faults: Faults = new Faults(this);
  readonly simulation: Simulation = new Simulation(this);
  /** When it was last asked for something, by the server's clock. */
  usedAt: number;
  #made: LiveWorldSettings;
  #timeline!: Timeline;
  #underWay: { ended: Promise<void>; isHalted: boolean } | undefined;

  constructor(settings: LiveWorldSettings, outside: Surroundings) {
    super(settings, outside);
    this.usedAt = outside.clock.now();
    this.#made = settings;
    this.#plan(settings);
  }

  get timeline(): Timeline {
    return this.#timeline;
  }

  /** Begins anew as a world does, and so do its timeline, its faults and its recruiters. */
  override reset(settings: LiveWorldSettings = this.#made): void {
    this.#made = settings;
    this.faults.clear();
    this.#plan(settings);
    super.reset(settings);
  }

  #plan({ start, simulation }: LiveWorldSettings): void {
    this.#timeline = new Timeline(this, this.simulation, start.timeline);
    this.simulation.stop();
    if (simulation) this.simulation.resume(simulation);
  }

  protected override stop(): void {
    void this.halt();
    super.stop();
  }

  /** The same with the plans that still wait for their time. */
  override start(): WorldStart {
    return { ...super.start(), timeline: this.#timeline.entries() };
  }

  /** Lets happen what was due in the meantime, each thing at its own time. */
  catchUp(): void {
    this.simulation.plan();
    this.#timeline.catchUp();
  }

  /**
   * What has to be waited for before the world can be asked for anything: work that is under way, and what was due in the
   * meantime. Ask again after waiting, for others may have been faster.
   *
   * @returns undefined where there is nothing to wait for
   */
  unsettled(): Promise<unknown> | undefined {
    if (this.#underWay) return this.#underWay.ended;
    this.simulation.plan();
    return this.#timeline.isBehind ? this.runExclusively(this.#timeline.due()) : undefined;
  }

  /**
   * Does some work a moment at a time, so that other worlds do not notice; a request to this one waits until
   * it is done. Nothing else may be under way.
   *
   * @returns undefined where it was halted, as when the world begins anew: the rest of the work is not done then
   */
  async runExclusively<Result>(work: Steps<Result>): Promise<Result | undefined> {
    const underWay = { ended: Promise.resolve(), isHalted: false };
    const done = inSlices(untilHalted(work, underWay));
    underWay.ended = done.then(
      () => undefined,
      () => undefined,
    );
    this.#underWay = underWay;
    try {
      return await done;
    } finally {
      if (this.#underWay === underWay) this.#underWay = undefined;
    }
  }

  /** Halts work that is done step by step; of what happens as a whole, nothing is left. @returns what to wait for until then */
  halt(): Promise<void> | undefined {
    const underWay = this.#underWay;
    this.#underWay = undefined;
    if (underWay) underWay.isHalted = true;
    return underWay?.ended;
  }
}

/** Some work that is taken to its end, or until it is halted. */
function* untilHalted<Result>(work: Steps<Result>, state: { isHalted: boolean }): Steps<Result | undefined> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    yield;
    if (!state.isHalted) continue;
    work.return(undefined as never);
    return undefined;
  }
}
