import type { Request } from 'express';
import type { Operation } from '../../contracts/description.ts';
import { stopwatch } from '../machine/time.ts';
import type { MetRequest, Trace } from '../requests/request.ts';
import type { World } from '../world/world.ts';
import type { LeftOut } from './leave-out.ts';

/** A request while it is under way. */
export class Passage implements MetRequest {
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
    letPass: [],
    clockSkew: 0,
  };
  body: unknown = null;
  #world: World | undefined;
  #lifetime: AbortSignal | undefined;
  /** What a lenient world left out. */
  leftOut: LeftOut | undefined;
  readonly #request: Request;
  #left: AbortController | undefined;

  constructor(request: Request, operation: Operation | undefined) {
    this.#request = request;
    this.operation = operation?.id ?? null;
    this.method = request.method;
    this.path = request.path;
    this.query = request.query;
  }

  /** Undefined while nobody knows for which world it is. */
  get world(): World | undefined {
    return this.#world;
  }

  set world(world: World | undefined) {
    this.#world = world;
    this.#lifetime = world?.lifetime;
  }

  /** Whether its world has begun anew, or ended, since it came. */
  get isOfBefore(): boolean {
    return this.#lifetime?.aborted === true;
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
