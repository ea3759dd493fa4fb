import { createHash } from 'node:crypto';
import { toInstant, type Clock } from '../../contracts/clock.ts';
import type { ControlSchemas } from '../../contracts/control.ts';
import type { Forms } from '../../contracts/guesses.ts';
import type { Company, IdentifierKind, Identifiers, Labels, WorldSeed } from '../../seeds/index.ts';
import { atOnce, type Steps } from '../machine/slices.ts';
import { RequestLog } from '../requests/request-log.ts';
import { RequestRate } from '../requests/request-rate.ts';
import type { Store } from '../store/store.ts';
import { WorldSwitches, defaultSwitches, type Switches } from './switches.ts';
import { WorldClock, type SavedClock } from './clock.ts';
import type { EventLog, Happening } from './event-log.ts';
import { History } from './history.ts';
import { Links } from './links.ts';
import { Marks } from './marks.ts';
import { forkStart, type Recipe, type WorldStart } from './start.ts';
import { TokenBucket } from './token-bucket.ts';

/** What a world is made with, and made anew with. */
export interface WorldSettings {
  key: string;
  recipe: Recipe;
  start: WorldStart;
  /** Those that were set; the others have their defaults, or follow from the variation. */
  switches: Partial<Switches>;
  clock: SavedClock;
  /** How many requests its log remembers. */
  logSize: number;
  /** What its start takes in memory, where no template shares it. */
  ownBytes?: number;
  /** What it was made from. */
  beginning: Beginning;
}

/** What worlds are made from. */
export type Beginning = ControlSchemas['Beginning'];

/** What a world has from the server that holds it. */
export interface Surroundings {
  clock: Clock;
  /** Where the server is reached. */
  url: string;
  /** Is told what happens in the world. */
  events?: EventLog | undefined;
}

/** One isolated Gem account, named by its API key: all that it knows, and nothing that happens by itself. */
export class World {
  readonly key: string;
  /** A name for the key that does not give it away. */
  readonly id: string;
  /** Where the server is reached, for links that no request asks for. */
  readonly url: string;
  readonly clock: WorldClock;
  readonly log: RequestLog;
  readonly marks: Marks;
  readonly links: Links;
  /** How often it was asked. */
  readonly rate: RequestRate;
  /** What changed since it began, and why. */
  readonly history: History;
  readonly #events: EventLog | undefined;
  #settings!: WorldSettings;
  #data!: WorldStart;
  #switches!: WorldSwitches;
  #bucket: TokenBucket | undefined;
  #lifetime = new AbortController();
  #beganAt = '';

  constructor(settings: WorldSettings, { clock, url, events }: Surroundings) {
    this.key = settings.key;
    this.id = createHash('sha256').update(settings.key).digest('hex').slice(0, 16);
    this.url = url;
    this.clock = new WorldClock(clock);
    this.log = new RequestLog(settings.logSize);
    this.rate = new RequestRate(clock);
    this.marks = new Marks(this);
    this.links = new Links(this, url);
    this.#events = events;
    this.history = new History({
      now: () => this.clock.now(),
      tell: (happening) => this.tell(happening),
    });
    this.#begin(settings);
    this.tell({ type: 'world', what: 'made', how: settings.beginning });
  }

  get company(): Company {
    return this.#data.company;
  }

  get store(): Store {
    return this.#data.store;
  }

  /** The names by which edits, faults and tests speak of records. */
  get labels(): Labels {
    return this.#data.labels;
  }

  get identifiers(): Identifiers {
    return this.#data.identifiers;
  }

  get recipe(): Recipe {
    return this.#settings.recipe;
  }

  /** How the world behaves where Gem is not known. Reading one that nothing proves is noted: the answer then rests on it. */
  get switches(): Switches {
    return this.#switches.noted;
  }

  /** The same, without a note of what is read. */
  get unnotedSwitches(): Switches {
    return this.#switches.all;
  }

  /** Those that were set, without those that follow from the variation. */
  get givenSwitches(): Partial<Switches> {
    return this.#switches.given;
  }

  /** The forms that guesses take here, other than the described ones; none in a world that does not vary. */
  get forms(): Forms {
    return this.#switches.forms;
  }

  /** The gateway's limit, where there is one. */
  get bucket(): TokenBucket | undefined {
    return this.#bucket;
  }

  /** About what it takes in memory, in bytes, beside what it shares with others. */
  get bytes(): number {
    return emptyWorldBytes + this.log.bytes + this.ownBytes;
  }

  /** The part that no template shares: its own start, and what has changed since. */
  get ownBytes(): number {
    return this.#data.store.bytes + (this.#settings.ownBytes ?? 0);
  }

  /** Is aborted when the world begins anew or ends: what was under way before has nothing to do with what comes then. */
  get lifetime(): AbortSignal {
    return this.#lifetime.signal;
  }

  /** The present instant, as Gem writes it. */
  now(): string {
    return toInstant(this.clock.now());
  }

  /** Tells whoever listens that something happened here. */
  tell(happening: Happening): void {
    this.#events?.add(this.id, this.clock.now(), happening);
  }

  /** What it was made from, and when it last began. */
  get began(): { how: Beginning; at: string } {
    return { how: this.#settings.beginning, at: this.#beganAt };
  }

  nextId(kind: IdentifierKind): string {
    return this.#data.identifiers.next(kind);
  }

  /** Ends it, with all that is under way in it. */
  end(): void {
    this.stop();
    this.tell({ type: 'world', what: 'dropped' });
  }

  /** Ends all that is under way in it. */
  protected stop(): void {
    this.#lifetime.abort();
    this.#lifetime = new AbortController();
  }

  /** Begins anew, with its own start or another one: records, ids, clock, switches, log, marks and limits. */
  reset(settings: WorldSettings = this.#settings): void {
    this.stop();
    this.#begin(settings);
    this.tell({ type: 'world', what: 'reset', how: settings.beginning });
  }

  /**
   * Sets switches; the gateway's bucket is full again when its limit is among them.
   *
   * @throws Error in one line when a variation names what no guess is
   */
  choose(switches: Partial<Switches>): void {
    this.#switches.choose(switches);
    this.#limit(switches.rate_limit);
    this.tell({ type: 'world', what: 'switched' });
  }

  /**
   * Does some work and tells what its outcome rests on that is only assumed: the switches that it reads.
   *
   * @param work has to be done when it returns
   */
  noting<Result>(note: (name: string) => void, work: () => Result): Result {
    return this.#switches.noting(note, work);
  }

  /** Does all of some work or, when it throws, nothing of it. */
  transact<Result>(work: () => Result): Result {
    const before = this.#copy();
    const mark = this.history.mark();
    try {
      return work();
    } catch (error) {
      this.#goBack(before, mark);
      throw error;
    }
  }

  /**
   * The same with work that is done step by step: when it is not taken to its end, nothing of it is left. The caller
   * takes care that nothing else happens to the world in between.
   */
  *transactInSteps<Result>(work: Steps<Result>): Steps<Result> {
    const before = this.#copy();
    const during = this.#data;
    const mark = this.history.mark();
    let isDone = false;
    try {
      const result = yield* work;
      isDone = true;
      return result;
    } finally {
      // A world that began anew meanwhile has nothing of it.
      if (!isDone && this.#data === during) this.#goBack(before, mark);
    }
  }

  /** All that it takes to go on with this world later, or beside it. */
  start(): WorldStart {
    return forkStart(this.#data);
  }

  /** The same with its records listed, for a file. */
  seed(): WorldSeed {
    return atOnce(this.seedInSteps());
  }

  /** The same step by step; what is written after the first one is not in it. */
  *seedInSteps(): Steps<WorldSeed> {
    const { store, ...rest } = this.start();
    return { ...rest, records: yield* store.recordsInSteps() };
  }

  #goBack(before: WorldStart, mark: number): void {
    this.#data = before;
    before.store.observe(this.history.note);
    this.history.rewind(mark);
  }

  #copy(): WorldStart {
    const copy = forkStart(this.#data);
    copy.store.charge(this.store.bytes);
    return copy;
  }

  #begin(settings: WorldSettings): void {
    this.#settings = settings;
    this.#data = forkStart(settings.start);
    this.clock.restore(settings.clock);
    this.log.clear();
    this.rate.clear();
    this.history.clear();
    this.#data.store.observe(this.history.note);
    this.#beganAt = this.now();
    this.marks.clear(settings.start.store);
    const switches = { rate_limit: defaultSwitches.rate_limit, ...settings.switches };
    this.#switches = new WorldSwitches(switches);
    this.#limit(switches.rate_limit);
  }

  #limit(limit: Switches['rate_limit'] | undefined): void {
    if (limit === undefined) return;
    this.#bucket = limit === 'off' ? undefined : new TokenBucket(this.clock, limit);
  }
}

/** What a world takes that has changed nothing and seen no request: mostly its share of indexes. Measured: 96 KB. */
const emptyWorldBytes = 100_000;
