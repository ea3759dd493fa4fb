import type { Request } from 'express';
import type { Exchange } from '../../contracts/server/layers.ts';
import { stopwatch } from '../machine/time.ts';
import type { MetRequest, Trace } from '../requests/request.ts';
import type { LiveWorld } from '../worlds/live-world.ts';

/** What is known of a request while it is under way: as it was sent, and what has become of it so far. */
export class RequestContext implements MetRequest {
  readonly operation: string | null;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly startedAt = stopwatch();
  readonly trace: Trace = {
    faults: [],
    faultKinds: [],
    assumptions: [],
    varied: [],
    tolerated: [],
    clockSkew: 0,
  };
  body: unknown = null;
  #world: LiveWorld | undefined;
  #lifetime: AbortSignal | undefined;
  readonly #request: Request;
  #left: AbortController | undefined;

  constructor({ request, operation, query }: Exchange<unknown>) {
    this.#request = request;
    this.operation = operation?.id ?? null;
    this.method = request.method;
    this.path = request.path;
    this.query = query;
  }

  /** Notes which world it is for. */
  enter(world: LiveWorld): void {
    this.#world = world;
    this.#lifetime = world.lifetime;
  }

  /** The world that it is for; undefined while nobody knows. */
  get knownWorld(): LiveWorld | undefined {
    return this.#world;
  }

  /** The world that it is for, once that is known. */
  get world(): LiveWorld {
    if (!this.#world) throw new Error('the request was not admitted');
    return this.#world;
  }

  /** Whether its world has begun anew, or ended, since it came. */
  get isOfBefore(): boolean {
    return this.#lifetime?.aborted === true;
  }

  /**
   * Does some work once nothing else is under way in the world and all has happened that was due.
   *
   * @param work where it changes or reads the world, it does so before it waits for anything
   */
  whenSettled<Result>(work: () => Result): Result | Promise<Awaited<Result>> {
    const { world } = this;
    return world.unsettled() ? waited() : work();

    async function waited(): Promise<Awaited<Result>> {
      for (let behind = world.unsettled(); behind; behind = world.unsettled()) await behind;
      return await work();
    }
  }

  /** Only few ask for it, so it is made when they do. */
  get left(): AbortSignal {
    if (!this.#left) {
      const left = (this.#left = new AbortController());
      const { res: response } = this.#request;
      if (response?.destroyed) left.abort();
      else response?.once('close', () => left.abort());
    }
    return this.#left.signal;
  }
}
