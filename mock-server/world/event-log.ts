import { setImmediate } from 'node:timers';
import { toInstant } from '../../contracts/clock.ts';
import type { ControlSchemas } from '../../contracts/control.ts';
import { machineClock } from '../machine/time.ts';

/** Something that happened, as it is told. */
export type WorldEvent = ControlSchemas['WorldEvent'];

/** What happened, without whose and when it is. */
export type Happening = WithoutPlace<Exclude<WorldEvent, { type: 'reset' }>>;

type WithoutPlace<Event> = Event extends unknown ? Omit<Event, 'world' | 'at'> : never;

/** What holds a place in the order of events. */
export interface HeldEvent {
  readonly number: number;
  /** The public id of the world; empty where it belongs to none. */
  readonly world: string;
  readonly at: number;
  readonly happening: Happening;
}

/** How many events are held for those who come back. */
export const maxHeld = 2000;

/**
 * What happened in the worlds of a server, the newest {@link maxHeld} events of it. It holds references alone: an event is put
 * into words when it is sent, and listeners read on from where they stand, so that none of them has a queue of its own.
 */
export class EventLog {
  /** Distinguishes the numbers of this server from those of an earlier one. */
  readonly name = machineClock.now().toString(36);
  readonly #held: HeldEvent[] = [];
  readonly #listeners = new Set<() => void>();
  #count = 0;
  #isWaking = false;

  /** The number of the newest event; 0 where there is none yet. */
  get newest(): number {
    return this.#count;
  }

  /** The number of the oldest event that is held, or that would be. */
  get oldest(): number {
    return Math.max(1, this.#count - maxHeld + 1);
  }

  add(world: string, at: number, happening: Happening): void {
    this.#count += 1;
    this.#held[this.#count % maxHeld] = { number: this.#count, world, at, happening };
    if (this.#listeners.size === 0 || this.#isWaking) return;
    // Once for all that happens in one turn; by then a request has its number.
    this.#isWaking = true;
    setImmediate(() => {
      this.#isWaking = false;
      for (const listener of this.#listeners) listener();
    });
  }

  /** An event that is held, by its number. */
  get(number: number): HeldEvent | undefined {
    const held = this.#held[number % maxHeld];
    return held?.number === number ? held : undefined;
  }

  /** Calls a listener soon after something was added. @returns takes it away again */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** An event as it is told. */
export function toWorldEvent({ world, at: time, happening }: HeldEvent): WorldEvent {
  const at = toInstant(time);
  if (happening.type === 'watch' || happening.type === 'unknown_key_request') return { ...happening, at };
  if (happening.type === 'control' && world === '') return { ...happening, at };
  return { ...happening, world, at };
}
