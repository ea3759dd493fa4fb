import { InvalidRequest, type Exchange, type Layer, type Next } from '../../contracts/server/layers.ts';
import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import { isLarge } from '../../contracts/validator.ts';
import { GemProblem } from '../problems/problems.ts';
import { toErrorTree, type ErrorTree } from '../problems/validation-texts.ts';
import type { RequestContext } from './record.ts';

/** In a lenient world, tries again without what a problem complains about, as long as there is hope. */
export const tolerateMistakes: Layer<RequestContext> = (exchange, next) =>
  exchange.context.world.unnotedSwitches.checking === 'lenient' ? tolerate(exchange, next) : next();

async function tolerate(exchange: Exchange<RequestContext>, next: Next): Promise<AnyAnswer> {
  const { context } = exchange;
  const leftOut: LeftOut = new Map();
  for (;;) {
    try {
      return await next();
    } catch (problem) {
      const standing = leaveOut(exchange, problem, leftOut);
      // Of a request that is refused all the same, nothing was tolerated but what the reader took.
      const left = standing === undefined ? [...leftOut].map(([name, { text }]) => `${name}: ${text}`) : [];
      context.trace.tolerated = [...exchange.tolerated, ...left];
      if (standing !== undefined) throw standing;
    }
  }
}

/** What was left out of a request so far: where, and the problem that complained about it. */
type LeftOut = Map<string, { text: string; problem: unknown }>;

/**
 * Takes out of a body or a query what a problem complains about, as far as it can be done without. What was sent stays
 * as it is: the exchange is given copies.
 *
 * @param leftOut what was left out before; what is left out now is added
 * @returns undefined when there is hope without it; otherwise the problem that stands
 */
function leaveOut(exchange: Exchange<unknown>, problem: unknown, leftOut: LeftOut): unknown {
  // Of a large body only the first thing that is wrong is known each time: to go on from one to the next takes too long.
  if (isLarge(exchange.body)) return problem;
  const complaints = complaintsOf(problem);
  for (const { place, path, name } of complaints) {
    const earlier = leftOut.get(name);
    // It is missed: it cannot be done without, so what was wrong with it stands.
    if (earlier && !has(exchange[place], path)) return earlier.problem;
  }
  let isHopeful = false;
  // From the back, so that taking an item out of a list moves none that is still to go.
  for (const { place, path, name, text } of complaints.toReversed()) {
    if (!has(exchange[place], path)) continue;
    // A copy of a query is a query.
    exchange[place] = without(exchange[place], path) as Exchange<unknown>['query'];
    leftOut.set(name, { text, problem });
    isHopeful = true;
  }
  return isHopeful ? undefined : problem;
}

interface Complaint {
  place: 'body' | 'query';
  path: string[];
  /** The path as people read it. */
  name: string;
  text: string;
}

function complaintsOf(problem: unknown): Complaint[] {
  const errors = errorsOf(problem);
  return [
    ...leaves('body', errors?.['json']),
    ...leaves('body', errors?.['form']),
    ...leaves('body', errors?.['files']),
    ...leaves('query', errors?.['query']),
  ];
}

function errorsOf(problem: unknown): ErrorTree | undefined {
  if (problem instanceof InvalidRequest) return toErrorTree(problem.violations);
  const isOfFields = problem instanceof GemProblem && problem.status === 422;
  // A refusal with 422 nests its errors as Gem's framework does.
  return isOfFields ? (problem.errors as ErrorTree | undefined) : undefined;
}

function leaves(
  place: Complaint['place'],
  tree: ErrorTree | string[] | undefined,
  path: string[] = [],
): Complaint[] {
  if (tree === undefined) return [];
  if (Array.isArray(tree)) {
    return [
      { place, path, name: (place === 'query' ? ['query', ...path] : path).join('.'), text: tree.join(' ') },
    ];
  }
  return Object.entries(tree).flatMap(([key, below]) => leaves(place, below, [...path, key]));
}

function has(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  return isHolder(value) && Object.hasOwn(value, key) && has(Reflect.get(value, key), rest);
}

/** A copy without the member at a path that leads to one; what lies beside the path is shared. */
function without(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined || !isHolder(value)) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    return rest.length === 0
      ? items.toSpliced(Number(key), 1)
      : items.with(Number(key), without(items[Number(key)], rest));
  }
  const members = Object.entries(value).flatMap(([name, member]) => {
    if (name !== key) return [[name, member]];
    return rest.length === 0 ? [] : [[name, without(member, rest)]];
  });
  return Object.fromEntries(members);
}

function isHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
