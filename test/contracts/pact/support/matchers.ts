import { MatchersV3 } from '@pact-foundation/pact';

const { boolean, eachLike, integer, like, number, regex, string } = MatchersV3;

/**
 * Asks for what is like an example of JSON: values of the same kinds under the same keys. Words of an enumeration, which
 * are written in capitals, and null have to be the same; of a list, each item has to be like the example's first. An
 * empty list or object in the example stands for any.
 */
export function matcherFor(example: unknown): unknown {
  if (typeof example === 'string') return alikeText(example);
  if (typeof example === 'number') return Number.isInteger(example) ? integer(example) : number(example);
  if (typeof example === 'boolean') return boolean(example);
  if (example === null) return null;
  if (typeof example !== 'object') throw new Error('no JSON');
  if (isMatcher(example)) return example;
  if (Array.isArray(example)) return alikeList(example);
  const fields = Object.entries(example);
  if (fields.length === 0) return like({});
  return Object.fromEntries(fields.map(([key, value]) => [key, matcherFor(value)]));
}

function alikeText(example: string): MatchersV3.Matcher<string> | string {
  if (/^\d{4}-\d\d-\d\dT/.test(example)) return regex(instant, example);
  return /^[A-Z]{2,}[A-Z_.]*$/.test(example) ? example : string(example);
}

function alikeList([first]: unknown[]): unknown {
  if (first === undefined) return like([]);
  // Which words a list holds, and how many, is no promise of their kind.
  if (typeof first === 'string') return eachLike(string(first));
  return eachLike(matcherFor(first));
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function isMatcher(value: object): boolean {
  return 'pact:matcher:type' in value;
}
