import { gemDescription } from '../../contracts/gem.ts';
import { nearest } from '../../seeds/nearest.ts';
import { aspects, compare, type Aspect, type Mismatch, type RequestMatcher, fitsPath } from './matcher.ts';
import { isOperation } from './operations.ts';
import type { RecordedRequest } from './request.ts';
import type { Operation } from '../../contracts/description.ts';

/**
 * Tells in words which requests came close to a matcher, the closest first.
 *
 * @param requests what is remembered, oldest first
 * @returns a few sentences; none where nothing is remembered that the matcher does not fit
 */
export function nearMisses(matcher: RequestMatcher, requests: readonly RecordedRequest[]): string[] {
  const named = aspects.filter((aspect) => matcher[aspect] !== undefined);
  const misses = new Map<string, Miss>();
  const others = new Map<string, number>();
  let isFound = false;
  // The latest first, so that among equally close ones they are told first.
  for (const request of requests.toReversed()) {
    const found = [...compare(matcher, request, patience)];
    if (found.length === 0) isFound = true;
    else if (isNear(found, named)) note(misses, found);
    else increase(others, `${request.method} ${request.path}`);
  }
  const close = [...misses.values()].sort(
    (one, other) => one.missed.length - other.missed.length || one.distance - other.distance,
  );
  return [
    ...unknownOperation(matcher),
    ...close.slice(0, maxSentences).map((miss) => inWords(miss, named)),
    ...(close.length === 0 && !isFound && others.size > 0 ? [otherRequests(others)] : []),
  ];
}

/** Requests that miss a matcher in the same respects. */
interface Miss {
  missed: readonly Aspect[];
  /** How many mismatches the closest of them has. */
  distance: number;
  count: number;
  /** What was different, and how often. */
  ways: Map<string, number>;
}

/** Values of one request that are compared. */
const patience = 5000;
const maxSentences = 5;
/** Different ways of missing that one sentence tells. */
const maxWays = 3;
/** Differences of one request that are told. */
const maxDifferences = 4;

/** Something that was named held, or one member of a body or query that was asked for stood there with another value. */
function isNear(found: readonly Mismatch[], named: readonly Aspect[]): boolean {
  const missed = missedBy(found);
  if (missed.length < named.length) return true;
  return found.every(({ aspect, text }) => isOfContent(aspect) && !text.includes(' was null instead of '));
}

function isOfContent(aspect: Aspect): boolean {
  return aspect === 'body' || aspect === 'query' || aspect === 'page';
}

function missedBy(found: readonly Mismatch[]): Aspect[] {
  return aspects.filter((aspect) => found.some((mismatch) => mismatch.aspect === aspect));
}

function note(misses: Map<string, Miss>, found: readonly Mismatch[]): void {
  const missed = missedBy(found);
  const key = missed.join();
  let miss = misses.get(key);
  if (!miss) misses.set(key, (miss = { missed, distance: Infinity, count: 0, ways: new Map() }));
  miss.count += 1;
  miss.distance = Math.min(miss.distance, found.length);
  const texts = found.map(({ text }) => text);
  const more = texts.length - maxDifferences;
  const told = more > 0 ? [...texts.slice(0, maxDifferences), `${more} more`] : texts;
  increase(miss.ways, told.join(' and '));
}

function inWords({ missed, count, ways }: Miss, named: readonly Aspect[]): string {
  const matched = named.filter((aspect) => !missed.includes(aspect));
  const [not, none] = count === 1 ? ['but not ', `${count} request`] : ['none ', `${count} requests`];
  const held = matched.length > 0 ? ` matched ${list(matched)}, ${not}` : ' did not match ';
  return `${none}${held}${list(missed)}: ${counted(ways, maxWays)}`;
}

function otherRequests(others: ReadonlyMap<string, number>): string {
  return `no request came close; there were: ${counted(others, maxSentences)}`;
}

function unknownOperation({ operation }: RequestMatcher): string[] {
  if (operation === undefined || isOperation(operation)) return [];
  const meant = nearest(operation, gemDescription.operations.keys());
  return [`there is no operation "${operation}"${meant ? `; did you mean "${meant}"?` : ''}`];
}

function list(names: readonly Aspect[]): string {
  return names.map((name) => `the ${name}`).join(' and ');
}

function counted(texts: ReadonlyMap<string, number>, most: number): string {
  const sorted = [...texts].sort(([, one], [, other]) => other - one);
  const told = sorted.slice(0, most).map(([text, count]) => (count > 1 ? `${text} (${count} times)` : text));
  const rest = sorted.length - most;
  return [...told, ...(rest > 0 ? [`${rest} other ways`] : [])].join('; ');
}

function increase(counts: Map<string, number>, text: string): void {
  counts.set(text, (counts.get(text) ?? 0) + 1);
}

/**
 * What a request that no operation answers may have meant, in words.
 *
 * @param path as it was asked for
 */
export function nearestOperations(method: string, path: string): string[] {
  const operations = [...gemDescription.operations.values()];
  const here = operations.filter((operation) => fitsPath(operation.path.replaceAll(/\{\w+\}/g, '*'), path));
  if (here.length > 0) {
    const names = here.map((operation) => `${operation.method.toUpperCase()} (${operation.id})`);
    return [`the path is there, but not for ${method}; it has ${names.join(', ')}`];
  }
  // Its parameters take the texts that stand in their places, so that only names are compared.
  const parts = partsOf(path);
  // Of several operations on one path the one with this method is meant.
  const isMeant = (operation: Operation) => Number(operation.method === method.toLowerCase());
  const likely = operations.toSorted((one, other) => isMeant(one) - isMeant(other));
  const paths = new Map(likely.map((operation) => [filled(operation.path, parts), operation]));
  const meant = nearest(`/${parts.join('/')}`, paths.keys());
  const operation = meant === undefined ? undefined : paths.get(meant);
  return operation ? [`did you mean ${operation.path} (${operation.id})?`] : [];
}

function filled(template: string, parts: readonly string[]): string {
  const own = partsOf(template).map((part, index) => (part.startsWith('{') ? (parts[index] ?? part) : part));
  return `/${own.join('/')}`;
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}
