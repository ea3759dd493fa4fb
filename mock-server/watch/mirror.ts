import { fillPath } from '../../contracts/calls.ts';
import type { Operation } from '../../contracts/description.ts';
import {
  compareAnswers,
  isIdName,
  type Difference,
} from '../../contracts/harness/gem/watch/compare-answers.ts';
import { operationAt, type Addressed } from '../../contracts/harness/gem/watch/operation-at.ts';
import { PairedIds } from '../../contracts/harness/gem/watch/paired-ids.ts';
import { askedKind, referenceTo } from '../../contracts/harness/gem/watch/record-kinds.ts';
import type { Exchange } from '../../contracts/harness/gem/watch/watch.ts';
import type { ResourceName } from '../../seeds/index.ts';
import type { Lull, RawExchange } from './proxy.ts';
import { readJson } from './read-exchange.ts';

/** The world of an emulator that is asked for what Gem was asked for. */
export interface MirrorWorld {
  /** What people call it; not its key. */
  name: string;
  /** Where its emulator is. */
  url: string;
  key: string;
  /** Whether it has a record, so that an id which both sides have need not be learnt. */
  has: (resource: ResourceName, id: string) => Promise<boolean>;
}

/** How a call compared: in what it differs, or why that cannot be told. */
export type MirrorOutcome = readonly Difference[] | { because: string };

interface Waiting {
  exchange: Exchange;
  raw: RawExchange;
  addressed: Addressed;
}

/**
 * Sends a world what was sent to Gem, once Gem has answered, and holds the two answers against each other. It goes on by itself, call
 * after call in the order in which Gem answered, where nothing passes: that waits for none of it.
 */
export class Mirror {
  readonly #world: MirrorWorld;
  readonly #ids = new PairedIds();
  readonly #onOutcome: (operation: string, outcome: MirrorOutcome) => void;
  readonly #lull: Pick<Lull, 'comes'>;
  readonly #waiting: Waiting[] = [];
  readonly #ended = new AbortController();
  #bytes = 0;
  #work: Promise<void> | undefined;

  /** @param lull when it may work; at once when left out */
  constructor(
    world: MirrorWorld,
    onOutcome: (operation: string, outcome: MirrorOutcome) => void,
    lull: Pick<Lull, 'comes'> = { comes: async () => undefined },
  ) {
    this.#world = world;
    this.#onOutcome = onOutcome;
    this.#lull = lull;
  }

  get name(): string {
    return this.#world.name;
  }

  /** How many calls have not been sent yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes a call in. Lists are not asked for: what they hold is not what the other account holds. */
  add(exchange: Exchange, raw: RawExchange): void {
    const addressed = operationAt(exchange.method, new URL(exchange.target, 'http://gem').pathname);
    if (!addressed) return;
    const { operation } = addressed;
    const isComparable = this.#isComparable(addressed);
    // A read may be about what a write makes known that has not been mirrored yet: that shows when its turn comes.
    if (!isComparable && this.#work === undefined) return;
    const bytes = sizeOf(raw);
    const isBehind = this.#waiting.length >= maxWaiting || this.#bytes + bytes > maxBytes;
    const because =
      whyNotSent(operation, exchange.answer.status) ??
      (isBehind ? 'the mirror is too far behind' : undefined);
    if (because !== undefined) {
      if (isComparable) this.#onOutcome(operation.id, { because });
      return;
    }
    this.#bytes += bytes;
    this.#waiting.push({ exchange, raw, addressed });
    this.#work ??= this.#workOff().finally(() => (this.#work = undefined));
  }

  /** Waits for what was taken in; after some time for no more of it. */
  async finish(milliseconds: number): Promise<void> {
    const end = AbortSignal.timeout(milliseconds);
    end.addEventListener('abort', () => this.#ended.abort());
    await this.#work;
  }

  async #workOff(): Promise<void> {
    for (;;) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#bytes -= sizeOf(next.raw);
      if (!this.#isComparable(next.addressed)) continue;
      await this.#lull.comes();
      const outcome = this.#ended.signal.aborted
        ? { because: 'watch ended before' }
        : await this.#compare(next).catch(() => ({ because: 'the mirror does not answer' }));
      if (outcome) this.#onOutcome(next.addressed.operation.id, outcome);
    }
  }

  async #compare({ exchange, raw, addressed: { operation, path } }: Waiting): Promise<MirrorOutcome> {
    const { answer, body, target } = exchange;
    const lacking = new Set<string>();
    /** What Gem itself does not know, the mirror need not know either. */
    const translate = async (name: string, id: string, isInBody: boolean): Promise<string> => {
      const kind = askedKind(operation.id, name, isInBody);
      const known = this.#ids.ours(kind, id);
      if (known !== undefined) return known;
      const resource = referenceTo(operation.id, name, isInBody);
      if (resource === undefined) return id;
      if (await this.#world.has(resource, id)) this.#ids.learn(kind, id, id);
      else lacking.add(resource.slice(0, -1).replaceAll('_', ' '));
      return id;
    };
    const ours: Record<string, string> = {};
    for (const [name, id] of Object.entries(path)) ours[name] = await translate(name, decoded(id), false);
    const sent = body === undefined ? undefined : await inOurIds(body, translate);
    if (lacking.size > 0 && answer.status !== 404)
      return { because: `the mirror has no such ${[...lacking].join(', no such ')}` };
    const { search, pathname } = new URL(target, 'http://gem');
    const bare = fillPath(operation.path, ours).replace(/\/$/, '');
    const mirrored = await this.#send(
      operation,
      bare + (pathname.endsWith('/') ? '/' : '') + search,
      raw,
      sent,
    );
    if (mirrored.status === 429) return { because: 'the mirror has a rate limit, and it was met' };
    await this.#lull.comes();
    return compareAnswers({ operation, sent: body, gem: answer, mirror: mirrored }, this.#ids);
  }

  async #send(
    operation: Operation,
    path: string,
    raw: RawExchange,
    json: unknown,
  ): Promise<{ status: number; body: unknown }> {
    const { 'content-type': type, 'content-encoding': encoding } = raw.requestHeaders;
    const bytes = raw.requestBody?.length ? raw.requestBody : undefined;
    const response = await fetch(this.#world.url + path, {
      method: operation.method.toUpperCase(),
      redirect: 'manual',
      signal: AbortSignal.any([this.#ended.signal, AbortSignal.timeout(patience)]),
      headers: {
        'X-API-Key': this.#world.key,
        ...(type !== undefined && { 'Content-Type': type }),
        ...(json === undefined && encoding !== undefined && { 'Content-Encoding': encoding }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(json === undefined && bytes && { body: new Uint8Array(bytes) }),
    });
    const text = await response.text();
    return { status: response.status, body: readJson(text) };
  }

  /** A write always is; a read only of what both sides are known to have. */
  #isComparable({ operation: { id: operation, method }, path }: Waiting['addressed']): boolean {
    if (method !== 'get') return true;
    const ids = Object.entries(path);
    const isKnown = ([name, id]: [string, string]) =>
      this.#ids.ours(askedKind(operation, name, false), decoded(id)) !== undefined;
    return ids.length > 0 && ids.every(isKnown);
  }
}

/** Calls that wait at most, and bytes of them. */
const maxWaiting = 500;
const maxBytes = 64 * 1024 * 1024;

/** Milliseconds for one answer. */
const patience = 10_000;

/** Why a call says nothing about the mirror; undefined where it does. */
function whyNotSent({ path }: Operation, status: number): string | undefined {
  // It goes by the company's own word, and a form names posts that cannot be translated as it passes.
  if (path.startsWith('/job_board/')) return 'the mirror has a job board of its own';
  if (status < 300 || aboutTheCall.has(status)) return undefined;
  return `Gem answered ${status}, which says nothing about the call itself`;
}

/** What Gem refuses for what was asked, and not for who asked, or when. */
const aboutTheCall: ReadonlySet<number> = new Set([400, 404, 405, 409, 413, 415, 422]);

/** A body in which all that names a record names that of the mirror. */
async function inOurIds(
  value: unknown,
  translate: (name: string, id: string, isInBody: boolean) => Promise<string>,
  name = '',
): Promise<unknown> {
  if (typeof value === 'string') return isIdName(name) ? translate(name, value, true) : value;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const inner of value) items.push(await inOurIds(inner, translate, name));
    return items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const members: [string, unknown][] = [];
  for (const [key, inner] of Object.entries(value)) {
    members.push([key, await inOurIds(inner, translate, key)]);
  }
  return Object.fromEntries(members);
}

/** A part of a path; as it stands where its escapes are broken. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The bytes that are held of an exchange. */
export function sizeOf({ requestBody, answerBody }: RawExchange): number {
  return (requestBody?.length ?? 0) + (answerBody?.length ?? 0);
}
