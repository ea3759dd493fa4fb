// Looks on while somebody else talks with Gem, and keeps what departs from the description: shapes and counts, no values.
import type { Operation } from '../../../description.ts';
import { entriesOfPlaces } from '../../../drift/entries.ts';
import { createObservations, type Observations, type SavedTallies } from '../../../drift/observations.ts';
import { againstDescription } from '../../../drift/departures.ts';
import { contradictionOf } from '../../../drift/contradiction.ts';
import type { Answer } from '../../../drift/seen.ts';
import { shape } from '../../../drift/shape.ts';
import type { GemReport } from '../verify-gem.ts';
import type { Difference } from './compare-answers.ts';
import { MirrorChecks, type MirrorCounts } from './mirror-checks.ts';
import { operationAt, shapeOfPath } from './operation-at.ts';
import { PassiveChecks, type SavedCounts } from './passive-checks.ts';

/** What went to and fro for one request. */
export interface Exchange {
  method: string;
  /** The path with its query, as it was asked for. */
  target: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The parsed body; undefined where there was none, or none in JSON. */
  body: unknown;
  answer: Answer;
}

/** One way in which what was seen is not as described. It holds nothing of any record. */
export interface Finding {
  /** The operation, or the path in its shape where the description has none. */
  operation: string;
  /**
   * Whether it is about what was asked, about the answer, about what a write did, about how Gem behaves, or about what a mirror
   * answers to the same call; a call that could not be held against the mirror is told as well.
   */
  about: 'request' | 'answer' | 'write' | 'behaviour' | 'mirror' | 'not compared';
  /** Where it is; of what was not compared, why. */
  what: string;
  /** What is described, or what the mirror answers. */
  expected: string;
  got: string;
  /** How often it was seen. */
  times: number;
}

/** What was seen so far, as JSON: shapes and counts. */
export interface SavedWatch {
  startedAt: number;
  calls: number;
  isEmulator: boolean;
  findings: readonly Finding[];
  tallies: SavedTallies;
  counts: SavedCounts;
}

/** Looks on. */
export class Watch {
  readonly #subject: string;
  readonly #startedAt: number;
  readonly #now: () => number;
  readonly #onFinding: (finding: Finding) => void;
  readonly #observations: Observations;
  readonly #checks: PassiveChecks;
  readonly #mirror = new MirrorChecks();
  readonly #findings = new Map<string, Finding>();
  readonly #validator = againstDescription();
  #calls = 0;
  /** Whether the subject is known to be an emulator, which proves nothing about Gem. */
  isEmulator = false;

  /**
   * @param subject what is looked at: an address without secrets
   * @param now milliseconds
   * @param onFinding is told of each finding when it is seen for the first time
   * @param saved what was seen before; whoever gives it adds no record twice
   */
  constructor(options: {
    subject: string;
    now: () => number;
    onFinding: (finding: Finding) => void;
    saved?: SavedWatch | undefined;
  }) {
    const { saved } = options;
    this.#subject = options.subject;
    this.#now = options.now;
    this.#startedAt = saved?.startedAt ?? options.now();
    this.#onFinding = options.onFinding;
    this.#calls = saved?.calls ?? 0;
    this.isEmulator = saved?.isEmulator ?? false;
    for (const finding of saved?.findings ?? [])
      this.#findings.set(keyOf(finding, finding.what), { ...finding });
    this.#checks = new PassiveChecks(saved?.counts);
    this.#observations = createObservations(
      (operation, status, { what, expected, got }) =>
        this.#note(operation.id, 'answer', withoutPositions(what), String(expected), String(got), status),
      saved?.tallies,
    );
  }

  /** All that was seen, to go on with later. */
  saved(): SavedWatch {
    return {
      startedAt: this.#startedAt,
      calls: this.#calls,
      isEmulator: this.isEmulator,
      findings: this.findings,
      tallies: this.#observations.saved(),
      counts: this.#checks.saved(),
    };
  }

  add(exchange: Exchange): void {
    const { method, target, answer } = exchange;
    this.#calls += 1;
    this.isEmulator ||= [...answer.headers.keys()].some((name) => name.startsWith('x-mock-gem'));
    const { pathname, searchParams: query } = new URL(target, 'http://gem');
    const addressed = operationAt(method, pathname);
    if (!addressed) {
      // What is not there is not described, and rightly so.
      if (answer.status === 404 || answer.status === 405) return;
      const path = `${method} ${shapeOfPath(pathname)}`;
      this.#note(path, 'answer', 'status', 'none: no operation is described there', String(answer.status));
      return;
    }
    const { operation } = addressed;
    this.#lookAtRequest(exchange, addressed.path, query, operation);
    if (!operation.answers.has(answer.status)) {
      const known = [...operation.answers.keys()].join(', ');
      this.#note(operation.id, 'answer', 'status', `one of ${known}`, String(answer.status));
    }
    this.#observations.add(operation, answer);
    if (operation.method !== 'get' && answer.status < 300) this.#lookAtWrite(exchange, operation);
    for (const { name, what } of this.#checks.look({ operation, query, answer }))
      this.#note(operation.id, 'behaviour', what, '0', 'more', undefined, name);
  }

  /** Adds what a mirror answered to a call that was added before: how it differs, or why that cannot be told. */
  addMirrored(operation: string, outcome: readonly Difference[] | { because: string }): void {
    if ('because' in outcome) {
      this.#mirror.counts.not_compared += 1;
      return this.#note(operation, 'not compared', outcome.because, 'a comparison', 'none');
    }
    this.#mirror.add(operation, outcome);
    for (const { what, mirror, gem } of outcome) this.#note(operation, 'mirror', what, mirror, gem);
  }

  get mirrorCounts(): MirrorCounts {
    return this.#mirror.counts;
  }

  get findings(): readonly Finding[] {
    return [...this.#findings.values()];
  }

  get calls(): number {
    return this.#calls;
  }

  /** The same report as that of a verification. */
  report(): GemReport {
    return {
      title: 'What was seen of Gem',
      subject: this.#subject,
      startedAt: new Date(this.#startedAt).toISOString(),
      duration: this.#now() - this.#startedAt,
      isEmulator: this.isEmulator,
      entries: [
        ...entriesOfPlaces(this.#observations, { writes: true, incomplete: 'nobody asked for it' }),
        ...this.#checks.entries(),
        ...this.#mirror.entries(),
      ],
      left: 0,
    };
  }

  /** What the description refuses and Gem takes, and the other way around. */
  #lookAtRequest(
    { headers, body, answer: { status } }: Exchange,
    path: Record<string, string>,
    query: URLSearchParams,
    operation: Operation,
  ): void {
    const known = new Set(operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name));
    const isRefused = status === 400 || status === 422;
    const unknown = [...new Set(query.keys())].filter((name) => !known.has(name));
    for (const name of unknown) {
      const shown = /^[\w.[\]-]{1,60}$/.test(name) ? name : '…';
      if (status < 300) this.#note(operation.id, 'request', shown, 'no such parameter', 'taken');
    }
    // Forms are not read.
    if (operation.body && operation.body.contentType !== 'application/json') return;
    const { violations } = this.#validator.request(operation, {
      path,
      query: Object.fromEntries(
        [...known].filter((name) => query.has(name)).map((name) => [name, valueOf(query, name)]),
      ),
      headers: { ...headers },
      body,
    });
    const own = violations.filter(({ location }) => location === 'query' || location === 'json');
    if (isRefused && own.length === 0 && unknown.length === 0)
      this.#note(operation.id, 'request', 'what is described', 'to be taken', `refused with ${status}`);
    if (status >= 300) return;
    for (const violation of own) {
      const { what, expected, got } = contradictionOf(operation.id, violation);
      this.#note(
        operation.id,
        'request',
        withoutPositions(what),
        String(expected),
        `${String(got)}, and it was taken`,
      );
    }
  }

  /** A field that was sent and is answered, but as something else. */
  #lookAtWrite({ body, answer }: Exchange, operation: Operation): void {
    if (!isFields(body) || !isFields(answer.body)) return;
    for (const [field, sent] of Object.entries(body)) {
      const told = answer.body[field];
      const isPlain = sent === null || ['string', 'number', 'boolean'].includes(typeof sent);
      // Where a group is told for a text, the description says so, or the form of the answer departs.
      const isGroup = typeof told === 'object' && told !== null;
      if (!isPlain || told === undefined || isGroup || !/^\w{1,60}$/.test(field)) continue;
      if (told === sent || isSameTime(told, sent)) continue;
      const got = typeof told === typeof sent ? `another ${typeof told}` : shape(told);
      this.#note(operation.id, 'write', field, 'as it was sent', got);
    }
  }

  #note(
    operation: string,
    about: Finding['about'],
    what: string,
    expected: string,
    got: string,
    status?: number,
    name?: string,
  ): void {
    const part = name ?? (status === undefined || status < 300 ? what : `${what} of ${status}`);
    const shown = name === undefined ? part : `${name}: ${what}`;
    const key = keyOf({ operation, about, expected, got }, shown);
    const known = this.#findings.get(key);
    if (known) {
      known.times += 1;
      return;
    }
    // Names without end must not fill the memory.
    if (this.#findings.size >= maxFindings) return;
    const finding = {
      operation,
      about,
      what: shown,
      expected,
      got,
      times: 1,
    };
    this.#findings.set(key, finding);
    this.#onFinding(finding);
  }
}

const maxFindings = 1000;

function keyOf(
  { operation, about, expected, got }: Pick<Finding, 'operation' | 'about' | 'expected' | 'got'>,
  what: string,
): string {
  return [operation, about, what, expected, got].join('\n');
}

/** `applications[].source`: which of several it was says nothing. */
function withoutPositions(what: string): string {
  return what.replaceAll(/\[\d+\]/g, '[]');
}

function valueOf(query: URLSearchParams, name: string): string | string[] {
  const all = query.getAll(name);
  return all.length === 1 ? (all[0] ?? '') : all;
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSameTime(one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string' || !/^\d{4}-\d\d-\d\d/.test(other)) return false;
  return Date.parse(one) === Date.parse(other);
}
