import { createHash, createHmac } from 'node:crypto';
import { toInstant, type Clock } from '../../contracts/clock.ts';
import type { Forms } from '../../contracts/guesses.ts';
import type { Company, Identifiers, IdentifierKind, Labels, WorldSeed } from '../../seeds/index.ts';
import { atOnce, inSlices, type Steps } from '../machine/slices.ts';
import { Faults } from '../faults/faults.ts';
import { TokenBucket } from './token-bucket.ts';
import { noteReads } from './noted-switches.ts';
import { RequestLog } from '../requests/request-log.ts';
import { Simulation, type SimulationState } from '../simulation/simulation.ts';
import { Marks } from './marks.ts';
import type { Linked } from '../store/gapped.ts';
import type { Store } from '../store/store.ts';
import { defaultSwitches, type Switches } from './switches.ts';
import { Timeline } from '../worlds/timeline.ts';
import { formsOf, settleSwitches } from './variation.ts';
import { WorldClock, type SavedClock } from './clock.ts';

/** What a world starts from, and returns to when it is reset. It is only ever forked. */
export type WorldStart = Omit<WorldSeed, 'records'> & { store: Store };

/** Where a world came from. */
export interface Recipe {
  scenario: string;
  seed: string;
  anchor: string;
  parameters: Readonly<Record<string, unknown>>;
}

export interface WorldSettings {
  key: string;
  recipe: Recipe;
  start: WorldStart;
  /** The choices that somebody made; the others are as usual, or as the world varies. */
  switches: Partial<Switches>;
  clock: SavedClock;
  /** Recruiters who are at work from the beginning. */
  simulation?: SimulationState | undefined;
  /** How many requests its log remembers. */
  logSize: number;
  /** What its start takes in memory, where no template shares it. */
  ownBytes?: number;
}

/** One isolated Gem account, named by its API key. */
export class World {
  readonly key: string;
  /** A name for the key that does not give it away. */
  readonly id: string;
  /** Where the server is reached, for links to it that nobody asks for. */
  readonly url: string;
  readonly clock: WorldClock;
  readonly log: RequestLog;
  readonly faults: Faults;
  readonly marks: Marks;
  readonly simulation: Simulation;
  /** When it was last asked for something, by the server's clock. */
  usedAt: number;
  #settings: WorldSettings;
  #data!: WorldStart;
  #timeline!: Timeline;
  #set!: Partial<Switches>;
  #forms!: Forms;
  #choices!: Switches;
  #switches!: Switches;
  #bucket: TokenBucket | undefined;
  #lifetime = new AbortController();
  #underWay: { ended: Promise<void>; isHalted: boolean } | undefined;
  #noteAssumption: (name: string) => void = () => {};
  #address: string;
  #keptLinks = { period: NaN, address: '', links: new WeakMap<Linked, Buffer>() };

  constructor(settings: WorldSettings, { clock, url }: { clock: Clock; url: string }) {
    this.key = settings.key;
    this.id = createHash('sha256').update(settings.key).digest('hex').slice(0, 16);
    this.url = url;
    this.#address = url;
    this.clock = new WorldClock(clock);
    this.usedAt = clock.now();
    this.log = new RequestLog(settings.logSize);
    this.faults = new Faults(this);
    this.marks = new Marks(this);
    this.simulation = new Simulation(this);
    this.#settings = settings;
    this.reset();
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

  get timeline(): Timeline {
    return this.#timeline;
  }

  get recipe(): Recipe {
    return this.#settings.recipe;
  }

  /** The world's choices. Reading one that nothing proves is noted: the answer then rests on it. */
  get switches(): Switches {
    return this.#switches;
  }

  /** The same choices, for whoever only looks at them. */
  get choices(): Switches {
    return this.#choices;
  }

  /** The choices that somebody made, without those that follow from the variation. */
  get setSwitches(): Partial<Switches> {
    return this.#set;
  }

  /** The forms that guesses take here, other than usual; none in a world that does not vary. */
  get forms(): Forms {
    return this.#forms;
  }

  /** The gateway's limit, where there is one. */
  get bucket(): TokenBucket | undefined {
    return this.#bucket;
  }

  /** About what it takes in memory, in bytes, beside what it shares with others. */
  get bytes(): number {
    return emptyWorldBytes + this.log.bytes + this.ownBytes;
  }

  /** What of it no template shares: its own start, and what has changed since. */
  get ownBytes(): number {
    return this.#data.store.bytes + (this.#settings.ownBytes ?? 0);
  }

  /** Is aborted when the world begins anew or ends: what was under way before has nothing to do with what comes then. */
  get lifetime(): AbortSignal {
    return this.#lifetime.signal;
  }

  /** Ends whatever is under way in it. */
  end(): void {
    void this.halt();
    this.#lifetime.abort();
    this.#lifetime = new AbortController();
  }

  /** Halts work that is done step by step; of what happens as a whole, nothing is left. @returns what to wait for until then */
  halt(): Promise<void> | undefined {
    const underWay = this.#underWay;
    this.#underWay = undefined;
    if (underWay) underWay.isHalted = true;
    return underWay?.ended;
  }

  /** Begins anew, with its own start or another one: records, ids, timeline, clock, switches, faults, log and limits. */
  reset(settings: WorldSettings = this.#settings): void {
    this.end();
    this.#settings = settings;
    this.#begin(settings.start);
    this.clock.restore(settings.clock);
    this.faults.clear();
    this.log.clear();
    this.marks.clear(settings.start.store);
    this.simulation.stop();
    if (settings.simulation) this.simulation.resume(settings.simulation);
    this.#set = {};
    this.choose({ rate_limit: defaultSwitches.rate_limit, ...settings.switches });
  }

  /**
   * Makes choices; the gateway's bucket is full again when its limit is among them.
   *
   * @throws Error in one line when a variation names what no guess is
   */
  choose(choices: Partial<Switches>): void {
    const set = { ...this.#set, ...choices };
    this.#forms = formsOf(set.variation ?? defaultSwitches.variation);
    this.#set = set;
    this.#choices = settleSwitches(set, this.#forms);
    this.#switches = noteReads(this.#choices, (name) => this.#noteAssumption(name));
    if (choices.rate_limit === undefined) return;
    const limit = choices.rate_limit;
    this.#bucket = limit === 'off' ? undefined : new TokenBucket(this.clock, limit);
  }

  /**
   * Does some work and tells what its outcome rests on that is only assumed: the switches that it reads.
   *
   * @param work has to be done when it returns
   */
  noting<Result>(note: (name: string) => void, work: () => Result): Result {
    const outer = this.#noteAssumption;
    this.#noteAssumption = note;
    try {
      return work();
    } finally {
      this.#noteAssumption = outer;
    }
  }

  /** Does all of some work or, when it throws, nothing of it. */
  transact<Result>(work: () => Result): Result {
    const before = this.#copy();
    try {
      return work();
    } catch (error) {
      this.#data = before;
      throw error;
    }
  }

  /**
   * The same with work that is done step by step: when it is not taken to its end, nothing of it is left. Whoever takes the
   * steps sees to it that nobody comes in between.
   */
  *transactInSteps<Result>(work: Steps<Result>): Steps<Result> {
    const before = this.#copy();
    const during = this.#data;
    let isDone = false;
    try {
      const result = yield* work;
      isDone = true;
      return result;
    } finally {
      // A world that began anew meanwhile has nothing of it.
      if (!isDone && this.#data === during) this.#data = before;
    }
  }

  /** Lets happen what was due in the meantime, each thing at its own time. */
  catchUp(): void {
    this.simulation.plan();
    this.#timeline.catchUp();
  }

  /**
   * Does some work a moment at a time, so that other worlds do not notice; whoever asks for this one meanwhile waits until
   * it is done. Nothing else may be under way.
   *
   * @returns undefined where it was halted, as when the world begins anew: the rest of the work is not done then
   */
  async alone<Result>(work: Steps<Result>): Promise<Result | undefined> {
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

  /**
   * What has to be waited for before the world can be asked for anything: work that is under way, and what was due in the
   * meantime. Whoever has waited asks again, for others may have been faster.
   *
   * @returns undefined where there is nothing to wait for
   */
  unsettled(): Promise<unknown> | undefined {
    if (this.#underWay) return this.#underWay.ended;
    this.simulation.plan();
    return this.#timeline.isBehind ? this.alone(this.#timeline.due()) : undefined;
  }

  /** The present instant, as Gem writes it. */
  now(): string {
    return toInstant(this.clock.now());
  }

  nextId(kind: IdentifierKind): string {
    return this.#data.identifiers.next(kind);
  }

  get identifiers(): Identifiers {
    return this.#data.identifiers;
  }

  /** All that it takes to go on with this world later, or beside it. */
  start(): WorldStart {
    return { ...fork(this.#data), timeline: this.#timeline.entries() };
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

  #copy(): WorldStart {
    const copy = fork(this.#data);
    copy.store.charge(this.store.bytes);
    return copy;
  }

  #begin(start: WorldStart): void {
    this.#data = fork(start);
    this.#timeline = new Timeline(this, start.timeline);
  }

  /**
   * Does some work whose links lead to where a request asked for it.
   *
   * @param address `http://host:port`
   * @param work has to be done when it returns
   */
  askedAt<Result>(address: string, work: () => Result): Result {
    const outer = this.#address;
    this.#address = address;
    try {
      return work();
    } finally {
      this.#address = outer;
    }
  }

  /** The period of link validity that now lies in: links, and so the bytes that hold them, change with it. */
  linkPeriod(): number {
    return Math.floor(this.clock.now() / (this.#choices.attachment_link_seconds * 1000));
  }

  /** A link to an attachment that works for at least the switch's time, and at most twice that. */
  attachmentLink(attachment: Linked): string {
    const expires = (this.linkPeriod() + 2) * this.#choices.attachment_link_seconds;
    const path = `/attachments/${this.id}/${attachment.id}/${encodeURIComponent(attachment.filename.toWellFormed())}`;
    return `${this.#address}${path}?expires=${expires}&signature=${this.signLink(attachment.id, String(expires))}`;
  }

  /** The same link as JSON. It stays the same for a whole period and is kept as long as it is asked for at one address. */
  readonly linkInJson = (attachment: Linked): Buffer => {
    const period = this.linkPeriod();
    const address = this.#address;
    if (period !== this.#keptLinks.period || address !== this.#keptLinks.address) {
      this.#keptLinks = { period, address, links: new WeakMap() };
    }
    let link = this.#keptLinks.links.get(attachment);
    if (!link) {
      link = Buffer.from(JSON.stringify(this.attachmentLink(attachment)));
      this.#keptLinks.links.set(attachment, link);
    }
    return link;
  };

  /** The signature that a link to an attachment has to carry. */
  signLink(attachmentId: string, expires: string): string {
    return createHmac('sha256', this.key).update(`${attachmentId}\n${expires}`).digest('base64url');
  }
}

/** What a world takes that has changed nothing and seen nobody: mostly its share of indexes. Measured: 96 KB. */
const emptyWorldBytes = 100_000;

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

function fork(start: WorldStart): WorldStart {
  return {
    company: start.company,
    store: start.store.fork(),
    identifiers: start.identifiers.fork(),
    labels: { ...start.labels },
    timeline: start.timeline,
  };
}
