// Whether a request is what a fault waits for, or what a test asks the log for.
import type { ControlSchemas } from '../../contracts/control.ts';
import { gemDescription } from '../../contracts/gem.ts';
import type { MetRequest } from './request.ts';

/** What a request has to be like: all that is named has to hold. */
export type RequestMatcher = ControlSchemas['RequestMatcher'];

/** A request that is under way, or one that was recorded. */
export type Matchable = Pick<MetRequest, 'operation' | 'method' | 'path' | 'query' | 'body'> & {
  status?: number | null;
};

/** What a matcher can name, the most telling first. */
export const aspects = ['operation', 'path', 'method', 'page', 'query', 'body', 'status'] as const;

export type Aspect = (typeof aspects)[number];

/** One way in which a request is not like a matcher, in words. */
export interface Mismatch {
  aspect: Aspect;
  text: string;
}

/** Whether all that the matcher names holds for the request. */
export function matches(matcher: RequestMatcher, request: Matchable): boolean {
  return compare(matcher, request).next().done === true;
}

/** In words, all in which the request is not like the matcher; nothing when it matches. */
export function mismatches(matcher: RequestMatcher, request: Matchable): string[] {
  return [...compare(matcher, request)].map(({ text }) => text);
}

/**
 * Finds the mismatches one after the other.
 *
 * @param patience how many values are compared; what would take more does not match
 */
export function* compare(
  matcher: RequestMatcher,
  request: Matchable,
  patience = defaultPatience,
): Generator<Mismatch> {
  const budget = { left: patience };
  for (const aspect of aspects) {
    const wanted = matcher[aspect];
    if (wanted === undefined) continue;
    for (const text of comparisons[aspect](wanted, request, budget)) yield { aspect, text };
  }
}

/** The page that a request asks for; undefined where it asks for no listing. */
export function pageOf({ operation, query }: Matchable): number | undefined {
  if (Object.hasOwn(query, 'page')) return Number(query['page']);
  return operation !== null && pagedOperations.has(operation) ? 1 : undefined;
}

/** A value in words, however long it is. */
export function show(value: unknown): string {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 80 ? `${json.slice(0, 77)}…` : json;
}

/** How much may still be compared: each item of a list may be compared with each of another. */
interface Budget {
  left: number;
}

const defaultPatience = 200_000;

type Comparison = (wanted: unknown, request: Matchable, budget: Budget) => Iterable<string>;

const comparisons: Record<Aspect, Comparison> = {
  operation: (wanted, { operation }) => same('operation', wanted, operation),
  path: (wanted, { path }) =>
    fitsPath(String(wanted), path) ? [] : [`path was ${path} instead of ${String(wanted)}`],
  method: (wanted, { method }) => same('method', wanted, method),
  page: (wanted, request) => same('page', wanted, pageOf(request) ?? null),
  query: (wanted, { query }, budget) => compareQuery(wanted, query, budget),
  body: (wanted, { body }, budget) => compareMembers(wanted, body, 'body', budget),
  status: (wanted, { status }) => same('status', wanted, status ?? null),
};

const pagedOperations: ReadonlySet<string> = new Set(
  [...gemDescription.operations.values()]
    .filter(({ parameters }) => parameters.some(({ name }) => name === 'page'))
    .map(({ id }) => id),
);

function same(name: string, wanted: unknown, actual: unknown): string[] {
  return actual === wanted ? [] : [`${name} was ${show(actual)} instead of ${show(wanted)}`];
}

/** Both slash forms of a path are the same path, as they are for Gem. */
export function fitsPath(pattern: string, path: string): boolean {
  const [wanted, actual] = [partsOf(pattern), partsOf(path)];
  // Where the last `**` stood, and how many parts it stands for so far: the only place to come back to.
  let [at, start, wild, taken] = [0, 0, -1, 0];
  while (start < actual.length) {
    if (wanted[at] === '**') {
      [wild, taken] = [at, start];
      at += 1;
    } else if (wanted[at] !== undefined && (wanted[at] === '*' || wanted[at] === actual[start])) {
      at += 1;
      start += 1;
    } else if (wild >= 0) {
      taken += 1;
      [at, start] = [wild + 1, taken];
    } else return false;
  }
  return wanted.slice(at).every((part) => part === '**');
}

function partsOf(path: string): string[] {
  return path.replace(/\/$/, '').split('/').map(decoded);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function* compareQuery(wanted: unknown, query: MetRequest['query'], budget: Budget): Generator<string> {
  for (const [name, value] of membersOf(wanted)) {
    budget.left -= 1;
    if (budget.left < 0) return yield 'query has more than is compared';
    if (!Object.hasOwn(query, name)) yield `query.${name} was missing`;
    else if (![query[name]].flat().map(String).includes(String(value))) {
      yield `query.${name} was ${show(query[name])} instead of ${show(value)}`;
    }
  }
}

/** Objects may have more members, lists more items in any order; all else has to be equal. */
function* compareMembers(wanted: unknown, actual: unknown, at: string, budget: Budget): Generator<string> {
  budget.left -= 1;
  if (budget.left < 0) return yield `${at} has more than is compared`;
  if (Array.isArray(wanted) && Array.isArray(actual)) {
    for (const item of wanted) {
      if (budget.left < 0) return yield `${at} has more than is compared`;
      const isThere = actual.some(
        (other) => budget.left >= 0 && compareMembers(item, other, at, budget).next().done === true,
      );
      if (!isThere) yield `${at} had no item like ${show(item)}`;
    }
  } else if (isObject(wanted) && isObject(actual)) {
    for (const [key, value] of membersOf(wanted)) {
      if (budget.left < 0) return;
      budget.left -= 1;
      if (Object.hasOwn(actual, key))
        yield* compareMembers(value, Reflect.get(actual, key), `${at}.${key}`, budget);
      else yield `${at}.${key} was missing`;
    }
  } else {
    yield* same(at, wanted, actual);
  }
}

function membersOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
