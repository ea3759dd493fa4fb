// What can be seen of Gem's behaviour by looking on. Each goes by the name of the promise that it is about.
import type { Operation } from '../../../description.ts';
import type { GemEntry } from '../../../drift/entries.ts';
import { countUnordered, type Answer } from '../../../drift/seen.ts';
import { promises } from '../promises/index.ts';

/** An answer with what was asked for. */
export interface Seen {
  operation: Operation;
  query: URLSearchParams;
  answer: Answer;
}

/** How much was looked at, and how much of it was wrong; undefined where there was nothing to look at. */
type Look = (seen: Seen) => { compared: number; wrong: number } | undefined;

const looks: Readonly<Record<string, { what: string; look: Look }>> = {
  'answers-are-json': {
    what: 'answers of another type',
    look: ({ operation, answer }) => {
      if (operation.method !== 'get' || !isSuccess(answer) || answer.text === '') return undefined;
      return one(answer.headers.get('content-type')?.startsWith('application/json') ?? false);
    },
  },
  'keys-in-alphabetical-order': {
    what: 'objects out of order',
    look: ({ answer }) =>
      isSuccess(answer) && answer.body !== undefined
        ? { compared: 1, wrong: countUnordered(answer.body) }
        : undefined,
  },
  'no-link-header': { what: 'a Link header', look: ({ answer }) => one(!answer.headers.has('link')) },
  'no-rate-limit-headers': {
    what: 'headers about the limit',
    look: ({ answer }) =>
      one(![...answer.headers.keys()].some((name) => /rate-?limit|^retry-after$/.test(name))),
  },
  'ats-lists-tell-the-page': { what: 'lists without X-Pagination', look: pageHeader('/ats/') },
  'crm-lists-tell-the-page': { what: 'lists without X-Pagination', look: pageHeader('/v0/') },
  'oldest-first': {
    what: 'records before an older one',
    look: ({ operation, query, answer }) => {
      // The order of the CRM's candidates is not known.
      if (query.has('sort') || operation.id === 'listCrmCandidates') return undefined;
      const times = rowsOf(operation, answer).map((row) => row['created_at'] ?? row['applied_at']);
      // What is no instant departs by its form, and has no order.
      if (times.length < 2 || !times.every((time) => typeof time === 'number' || isInstant(time)))
        return undefined;
      return {
        compared: times.length - 1,
        // Instants of one form, and seconds, both compare as they are.
        wrong: times.filter((time, index) => index > 0 && time < (times[index - 1] ?? time)).length,
      };
    },
  },
  'timestamps-in-milliseconds': {
    what: 'instants in another form',
    look: ({ operation, answer }) => {
      if (operation.path.startsWith('/v0/')) return undefined;
      const times = rowsOf(operation, answer).flatMap((row) =>
        ['created_at', 'updated_at'].map((field) => row[field]).filter((time) => isInstant(time)),
      );
      const wrong = times.filter((time) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time));
      return times.length > 0 ? { compared: times.length, wrong: wrong.length } : undefined;
    },
  },
};

/** Whether it is an instant as the description has them, to whatever fraction and in whatever zone. */
function isInstant(time: unknown): time is string {
  return typeof time === 'string' && /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/i.test(time);
}

function one(isRight: boolean): { compared: number; wrong: number } {
  return { compared: 1, wrong: isRight ? 0 : 1 };
}

function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

function pageHeader(api: string): Look {
  return ({ operation, answer }) => {
    if (!operation.path.startsWith(api) || rowsOf(operation, answer).length === 0) return undefined;
    return one(answer.headers.has('x-pagination'));
  };
}

/** The records of a list; none where it is none, or has no pages. */
function rowsOf({ parameters }: Operation, answer: Answer): readonly Readonly<Record<string, unknown>>[] {
  const hasPages = parameters.some(({ name }) => name === 'page');
  if (!hasPages || !isSuccess(answer) || !Array.isArray(answer.body)) return [];
  return answer.body.filter((row) => typeof row === 'object' && row !== null) as Record<string, unknown>[];
}

/** Something that is not as promised. */
export interface Broken {
  name: string;
  what: string;
  wrong: number;
}

/** Counts as JSON, by the names of the promises. */
export type SavedCounts = [name: string, compared: number, wrong: number, operations: [string, number][]][];

/** Looks on, and keeps counts. */
export class PassiveChecks {
  readonly #counts: Map<string, { compared: number; wrong: number; operations: Map<string, number> }>;

  constructor(saved: SavedCounts = []) {
    this.#counts = new Map(
      saved.map(([name, compared, wrong, operations]) => [
        name,
        { compared, wrong, operations: new Map(operations) },
      ]),
    );
  }

  /** All counts, to go on with later. */
  saved(): SavedCounts {
    return [...this.#counts].map(([name, { compared, wrong, operations }]) => [
      name,
      compared,
      wrong,
      [...operations],
    ]);
  }

  /** @returns what this answer breaks */
  look(seen: Seen): Broken[] {
    return Object.entries(looks).flatMap(([name, { what, look }]) => {
      const found = look(seen);
      if (!found) return [];
      const counts = this.#counts.get(name) ?? {
        compared: 0,
        wrong: 0,
        operations: new Map<string, number>(),
      };
      this.#counts.set(name, counts);
      counts.compared += found.compared;
      counts.wrong += found.wrong;
      if (found.wrong === 0) return [];
      counts.operations.set(seen.operation.id, (counts.operations.get(seen.operation.id) ?? 0) + found.wrong);
      return [{ name, what, wrong: found.wrong }];
    });
  }

  entries(): GemEntry[] {
    return promises
      .filter(({ name }) => name in looks)
      .map(({ name, group, promise: { statement, evidence, place } }) => {
        const counts = this.#counts.get(name);
        const state = !counts ? 'not observed' : counts.wrong > 0 ? 'broken' : 'held';
        return {
          name,
          statement,
          evidence,
          group,
          state,
          compared: counts?.compared ?? 0,
          remark: counts ? 'as far as others asked for it' : 'no answer had it',
          contradictions: [...(counts?.operations ?? [])]
            .slice(0, 5)
            .map(([about, got]) => ({ about, what: looks[name]?.what ?? name, expected: 0, got })),
          settles: counts && place !== undefined ? [{ place, held: counts.wrong === 0 }] : [],
        };
      });
  }
}
