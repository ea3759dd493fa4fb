import { hash } from 'node:crypto';
import { getHeapStatistics } from 'node:v8';
import type { Clock } from '../../contracts/clock.ts';
import type { WorldSeed } from '../../seeds/index.ts';
import { giveBackMemory } from './give-back-memory.ts';
import { defaultLogSize } from '../requests/request-log.ts';
import type { SimulationState } from '../simulation/simulation.ts';
import { Store } from '../store/store.ts';
import { EventLog } from '../world/event-log.ts';
import type { Switches } from '../world/switches.ts';
import { besideTheServer, type SavedClock } from '../world/clock.ts';
import { templateOf } from './templates.ts';
import { LiveWorld, type LiveWorldSettings } from './live-world.ts';
import type { Recipe, WorldStart } from '../world/start.ts';

/** How a world is made. */
export interface WorldOptions extends Recipe {
  /** The switches that were set. */
  switches: Partial<Switches>;
  /** Where its clock starts, and after a reset again. Default: beside the server's. */
  clock?: SavedClock | undefined;
  /** Recruiters who are at work from the beginning. */
  simulation?: SimulationState | undefined;
  /** A scenario's own text, in place of a scenario that is known by name. */
  document?: string | undefined;
}

/** The form of a Gem API key (gem-ats-api §1.2). */
export const keyForm = /^[A-Za-z0-9]{40}$/;

/**
 * The worlds of a server, by API key. A scenario is built once; every world made from it is a fork that shares
 * its records until it changes them.
 */
export class Worlds {
  /** What happens in them. */
  readonly events = new EventLog();
  readonly #clock: Clock;
  readonly #url: string;
  readonly #defaults: WorldOptions;
  readonly #unknownKeys: 'fork' | 'refuse';
  readonly #logSize: number;
  readonly #idleSeconds: number;
  readonly #maxBytes: number;
  readonly #notify: (message: string) => void;
  readonly #byDigest = new Map<string, LiveWorld>();
  readonly #byId = new Map<string, LiveWorld>();
  #first: LiveWorld | undefined;
  #opening: Promise<LiveWorld> | undefined;
  #sweptAt: number;
  #asked = 0;

  constructor(options: {
    clock: Clock;
    url: string;
    defaults: WorldOptions;
    unknownKeys: 'fork' | 'refuse';
    /** How many requests each world remembers. Default 1,000. */
    logSize?: number | undefined;
    /** After how many seconds without a request a world is dropped, but for the first. Default: a day. */
    idleSeconds?: number | undefined;
    /** What all worlds may take in memory, in bytes; the ones that were not used for longest make room. Default: half of the heap. */
    maxBytes?: number | undefined;
    /** Is told when worlds had to make room. */
    notify?: ((message: string) => void) | undefined;
  }) {
    this.#clock = options.clock;
    this.#url = options.url;
    this.#defaults = options.defaults;
    this.#unknownKeys = options.unknownKeys;
    this.#logSize = options.logSize ?? defaultLogSize;
    this.#idleSeconds = options.idleSeconds ?? 24 * 60 * 60;
    this.#maxBytes = options.maxBytes ?? getHeapStatistics().heap_size_limit / 2;
    this.#notify = options.notify ?? (() => {});
    this.#sweptAt = options.clock.now();
  }

  /** What worlds are made from unless told otherwise. */
  get defaults(): WorldOptions {
    return this.#defaults;
  }

  /** What a well-formed key gets that is not known. */
  get unknownKeys(): 'fork' | 'refuse' {
    return this.#unknownKeys;
  }

  /** The world that is never dropped; undefined before there is one. */
  get first(): LiveWorld | undefined {
    return this.#first;
  }

  /** What to do, in words, where a world takes more by itself than all may; undefined where it does not. */
  whyFull(world: LiveWorld): string | undefined {
    if (world.bytes <= this.#maxBytes) return undefined;
    return `This world takes more than ${inMegabytes(this.#maxBytes)}, which is all that worlds may: reset it, or let Node have more: NODE_OPTIONS=--max-old-space-size=8192`;
  }

  get size(): number {
    return this.#byId.size;
  }

  /**
   * Makes the world of a key, or begins it anew.
   *
   * @throws Error when the key does not have a Gem key's form or the scenario does not exist
   */
  create(key: string, options: Partial<WorldOptions> = {}): LiveWorld {
    const { switches, clock, simulation, document, ...recipe } = { ...this.#defaults, ...options };
    const start = templateOf(recipe, document);
    // What is to happen lies ahead of the scenario's own now; beside the server's clock it might be over already.
    const ownTime = { state: 'running', now: recipe.anchor, ...clock } as const;
    const hasFuture = start.timeline.length > 0;
    const beginning = 'scenario';
    return this.#open(key, {
      recipe,
      start,
      switches,
      clock: hasFuture ? ownTime : clock,
      simulation,
      beginning,
    });
  }

  /**
   * Makes the world of a key from what was saved of an earlier one, at once.
   *
   * @throws Error when the key does not have a Gem key's form
   */
  restore(key: string, { records, ...seed }: WorldSeed, options: Partial<WorldOptions> = {}): LiveWorld {
    const store = Store.of(records);
    giveBackMemory(records);
    return this.begin(key, { ...seed, store }, options);
  }

  /**
   * Makes the world of a key from a start that is its own, or begins it anew with that.
   *
   * @throws Error when the key does not have a Gem key's form
   */
  begin(key: string, start: WorldStart, options: Partial<WorldOptions> = {}): LiveWorld {
    const { switches, clock, simulation, document: _text, ...recipe } = { ...this.#defaults, ...options };
    const ownBytes = start.store.bytes;
    const beginning = 'snapshot';
    return this.#open(key, { recipe, start, switches, clock, simulation, ownBytes, beginning });
  }

  /**
   * Makes the world of a key as another world is now.
   *
   * @throws Error when the key does not have a Gem key's form
   */
  fork(key: string, original: LiveWorld): LiveWorld {
    const { recipe, givenSwitches } = original;
    return this.#open(key, {
      recipe,
      start: original.start(),
      switches: givenSwitches,
      clock: original.clock.saved(),
      simulation: original.simulation.state(),
      // As long as the original lives they share it, but it may be the first to go.
      ownBytes: original.ownBytes,
      beginning: 'fork',
    });
  }

  /** Makes the first world: it stays, however long it is not used. Until it is there, {@link opening} can be waited for. */
  async openFirst(make: () => Promise<LiveWorld>): Promise<LiveWorld> {
    this.#opening = make();
    try {
      return (this.#first = await this.#opening);
    } finally {
      this.#opening = undefined;
    }
  }

  /** The first world while it is made. Who asks for any other would have the same records made a second time, all at once. */
  get opening(): Promise<LiveWorld> | undefined {
    return this.#opening;
  }

  /** The world that a key opens: its own, or a new one where unknown keys may have one. */
  open(key: string): LiveWorld | undefined {
    const isNew = this.#unknownKeys === 'fork' && keyForm.test(key);
    const world = this.#used(this.#byDigest.get(digest(key))) ?? (isNew ? this.create(key) : undefined);
    this.#dropIdle(this.#idleMilliseconds / 10);
    if (world) this.#lookNowAndThen(world);
    return world;
  }

  /** The world with this key or public id. */
  find(keyOrId: string): LiveWorld | undefined {
    return this.#used(this.#byDigest.get(digest(keyOrId)) ?? this.#byId.get(keyOrId));
  }

  /** The world with this public id. */
  byId(id: string): LiveWorld | undefined {
    return this.#used(this.#byId.get(id));
  }

  /** The world with a job board of this name; where several share it, the oldest. */
  byVanity(vanity: string): LiveWorld | undefined {
    // A board is asked for by a key that names its world, mostly; without one the first world is nearly always it.
    for (const world of this.#byId.values()) if (world.company.vanity === vanity) return this.#used(world);
    return undefined;
  }

  /** Every world that is not idle, oldest first. */
  all(): LiveWorld[] {
    this.#dropIdle(0);
    return [...this.#byId.values()];
  }

  /** Forgets a world; its key is an unknown one from now on. */
  drop(world: LiveWorld): void {
    this.#byDigest.delete(digest(world.key));
    this.#byId.delete(world.id);
    world.end();
  }

  #open(
    key: string,
    { clock = besideTheServer, ...rest }: Omit<LiveWorldSettings, 'key' | 'logSize' | 'clock'> & ClockOption,
  ): LiveWorld {
    if (!keyForm.test(key)) throw new Error('an API key has 40 letters and digits');
    const settings = { ...rest, key, clock, logSize: this.#logSize };
    const known = this.#used(this.#byDigest.get(digest(key)));
    if (known) {
      known.reset(settings);
      return known;
    }
    const world = new LiveWorld(settings, {
      clock: this.#clock,
      url: this.#url,
      events: this.events,
    });
    this.#byDigest.set(digest(key), world);
    this.#byId.set(world.id, world);
    this.#makeRoom(world);
    return world;
  }

  /** Drops the worlds that were not used for longest, until the others fit. */
  #makeRoom(latest: LiveWorld): void {
    const worlds = [...this.#byId.values()];
    let bytes = worlds.reduce((sum, world) => sum + world.bytes, 0);
    if (bytes <= this.#maxBytes) return;
    const dropped: LiveWorld[] = [];
    for (const world of worlds.toSorted((one, other) => one.usedAt - other.usedAt)) {
      // A little more than has to be, so that the next world need not look again.
      if (bytes <= this.#maxBytes * 0.9) break;
      if (world === this.#first || world === latest) continue;
      this.drop(world);
      dropped.push(world);
      bytes -= world.bytes;
    }
    if (dropped.length === 0) return;
    this.#notify(
      `${dropped.length} ${dropped.length === 1 ? 'world was' : 'worlds were'} dropped that nobody had asked for longest, to keep all within ${inMegabytes(this.#maxBytes)}; their keys open fresh ones. Drop worlds when they are done with, or let Node have more: NODE_OPTIONS=--max-old-space-size=4096`,
    );
  }

  /** Worlds grow by what is asked of them as well; to weigh them all is too much for each request. */
  #lookNowAndThen(world: LiveWorld): void {
    this.#asked = (this.#asked + 1) % 1000;
    if (this.#asked === 0) this.#makeRoom(world);
  }

  #used(world: LiveWorld | undefined): LiveWorld | undefined {
    if (world) world.usedAt = this.#clock.now();
    return world;
  }

  get #idleMilliseconds(): number {
    return this.#idleSeconds * 1000;
  }

  /**
   * Drops the worlds that have not been used for a long time. It looks at them all, so requests let it do so seldom.
   *
   * @param rest milliseconds that have to lie between two looks
   */
  #dropIdle(rest: number): void {
    const now = this.#clock.now();
    if (now - this.#sweptAt < rest) return;
    this.#sweptAt = now;
    for (const world of this.#byId.values()) {
      if (now - world.usedAt >= this.#idleMilliseconds && world !== this.#first) this.drop(world);
    }
  }
}

function inMegabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}

type ClockOption = Pick<WorldOptions, 'clock'>;

/** Keys are looked up by their digest, so that the time a look-up takes says nothing about a key. */
function digest(key: string): string {
  return hash('sha256', key, 'base64');
}
