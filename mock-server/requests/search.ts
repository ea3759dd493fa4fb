// Finds requests in a log by what a person typed, the newest first.
import { gemDescription } from '../../contracts/gem.ts';
import { nearest } from '../../seeds/nearest.ts';
import type { Steps } from '../machine/slices.ts';
import { bytesOfBody } from './kept-exchange.ts';
import { fitsPath } from './matcher.ts';
import type { RecordedRequest } from './request.ts';
import type { Remembered, RequestLog } from './request-log.ts';
import { readSearch, SearchProblem, type SearchTerm } from './search-terms.ts';

/** Which requests are wanted. */
export interface RequestSearch {
  /** As a person typed it. */
  text: string;
  /** Only those with a lower number. */
  before: number;
  count: number;
  /** The present day by the world's clock, which a time without a day belongs to: `2026-11-16`. */
  today: string;
}

/** A page of what was found, the newest first. */
export interface SearchedPage {
  /** How many fit on all pages. */
  total: number;
  requests: RecordedRequest[];
  hasMore: boolean;
}

/**
 * Searches a log, step by step.
 *
 * @throws SearchProblem before the first step is done
 */
export function* searchLog(log: RequestLog, search: RequestSearch): Steps<SearchedPage> {
  const tests = readSearch(search.text)
    .map((term) => testOf(term, search.today))
    // To look through bodies takes longest, and is spared where something else does not fit.
    .sort((one, other) => Number(one.isSlow) - Number(other.isSlow));
  const requests: RecordedRequest[] = [];
  let total = 0;
  let hasMore = false;
  let looked = stretch;
  for (const remembered of log.remembered().toReversed()) {
    if (looked >= stretch) {
      yield;
      looked = 0;
    }
    let length = 0;
    const text = () => {
      const written = log.searchedText(remembered, textOf);
      ({ length } = written);
      return written;
    };
    const isFound = tests.every(({ fits, isNegated }) => fits(remembered.entry, text) !== isNegated);
    looked += least + length;
    if (!isFound) continue;
    total += 1;
    const { entry } = remembered;
    if (entry.number >= search.before) continue;
    if (requests.length < search.count) requests.push(entry);
    else hasMore = true;
  }
  return { total, requests, hasMore };
}

/** Has what is looked through written out before somebody searches: the first search would wait for it. The newest come first. */
export function* prepareLogSearch(log: RequestLog): Steps<void> {
  let written = 0;
  for (const remembered of log.remembered().toReversed()) {
    if (remembered.searched !== undefined) continue;
    written += least + log.searchedText(remembered, textOf).length;
    if (written < stretch) continue;
    yield;
    written = 0;
  }
}

/** Letters that are looked at in one step, roughly. */
const stretch = 256 * 1024;
/** What a request takes that is not looked through. */
const least = 4 * 1024;

interface Test {
  fits: (entry: RecordedRequest, text: () => string) => boolean;
  isNegated: boolean;
  isSlow: boolean;
}

function testOf({ operator, value, isNegated }: SearchTerm, today: string): Test {
  if (operator === undefined) {
    const wanted = value.toLowerCase();
    return { fits: (_entry, text) => text().includes(wanted), isNegated, isSlow: true };
  }
  const makes = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (!makes) {
    const meant = nearest(operator, Object.keys(operators));
    const advice =
      meant === undefined ? `there are: ${Object.keys(operators).join(', ')}` : `did you mean "${meant}:"?`;
    throw new SearchProblem(
      `no operator is called "${operator}:"; ${advice} A text with a colon stands in quotes`,
    );
  }
  return { fits: makes(value, today), isNegated, isSlow: false };
}

type Fits = (entry: RecordedRequest) => boolean;

/** What each operator means. An empty value asks whether there is anything at all. */
const operators: Readonly<Record<string, (value: string, today: string) => Fits>> = {
  status: fitsStatus,
  op: fitsOperation,
  operation: fitsOperation,
  method: (value) => {
    const wanted = value.toUpperCase();
    return ({ method }) => method === wanted;
  },
  path: (value) =>
    value.includes('*') || value.startsWith('/')
      ? ({ path }) => fitsPath(value, path)
      : ({ path }) => path.includes(value),
  after: (value, today) => {
    const from = instantOf(value, today);
    return ({ at }) => Date.parse(at) >= from;
  },
  before: (value, today) => {
    const to = instantOf(value, today);
    return ({ at }) => Date.parse(at) < to;
  },
  fault: (value) => (entry) => hasAny([...entry.faults, ...(entry.fault_kinds ?? [])], value),
  assumed: (value) => (entry) => hasAny(entry.assumptions, value),
  slower: (value) => {
    const least = numberOf('slower', value);
    return ({ milliseconds }) => milliseconds > least;
  },
  number: (value) => {
    const wanted = numberOf('number', value);
    return ({ number }) => number === wanted;
  },
};

function fitsStatus(value: string): Fits {
  if (value === 'none') return ({ status }) => status === null;
  if (!/^[1-5](\d\d|xx)$/i.test(value)) {
    throw new SearchProblem(`a status is like 404, 4xx or none, not "${value}"`);
  }
  const [from, to] = /xx$/i.test(value)
    ? [Number(value[0]) * 100, Number(value[0]) * 100 + 99]
    : [Number(value), Number(value)];
  return ({ status }) => status !== null && status >= from && status <= to;
}

function fitsOperation(value: string): Fits {
  const wanted = value.toLowerCase();
  const isKnown = knownOperations.some((name) => name.includes(wanted));
  if (!isKnown) {
    const meant = nearest(value, gemDescription.operations.keys());
    throw new SearchProblem(
      `there is no operation "${value}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
    );
  }
  const isWhole = knownOperations.includes(wanted);
  return ({ operation }) => {
    const name = operation?.toLowerCase();
    return name !== undefined && (isWhole ? name === wanted : name.includes(wanted));
  };
}

const knownOperations = [...gemDescription.operations.keys(), 'attachment'].map((name) => name.toLowerCase());

function hasAny(names: readonly string[], value: string): boolean {
  if (value === '') return names.length > 0;
  const wanted = value.toLowerCase();
  return names.some((name) => name.toLowerCase() === wanted || name.toLowerCase().endsWith(` ${wanted}`));
}

/** A time without a day is one of today. */
function instantOf(value: string, today: string): number {
  const [, hour, rest] = /^(\d?\d)(:\d\d(?::\d\d)?)$/.exec(value) ?? [];
  const time = Date.parse(hour === undefined ? value : `${today}T${hour.padStart(2, '0')}${rest}Z`);
  if (Number.isNaN(time)) {
    throw new SearchProblem(`a time is like 09:00 or 2026-11-16T09:00:00Z, not "${value}"`);
  }
  return time;
}

function numberOf(operator: string, value: string): number {
  const number = Number(value);
  if (value === '' || Number.isNaN(number))
    throw new SearchProblem(`${operator}: wants a number, not "${value}"`);
  return number;
}

/** All that a text may stand in of a request and its answer, in small letters; nothing goes over from one to the next. */
function textOf({ entry, kept }: Remembered): string {
  const { operation, path, query, body, answer } = entry;
  const bytes = kept ? bytesOfBody(kept.answer?.body) : undefined;
  const answered = bytes?.toString() ?? (answer === null ? '' : (JSON.stringify(answer) ?? ''));
  const sent = body === null ? '' : JSON.stringify(body);
  return [path, operation ?? '', ...Object.values(query).map(String), sent, answered]
    .join('\0')
    .toLowerCase();
}
