import { isDeepStrictEqual } from 'node:util';
import type { Settled } from '../../drift/entries.ts';
import type { Contradiction } from '../../report.ts';
import { literal, shape, type SafeValue, type SafeText } from '../../drift/shape.ts';

/** What was found of a promise. */
export interface Outcome {
  state: 'held' | 'broken' | 'not observed';
  /** How many values were compared. */
  compared: number;
  remark?: string;
  /** Parts of it that could not be looked at, such as one list of many. */
  unseen?: string[];
  contradictions: Contradiction[];
  /** What it says about places of the description. */
  settles: Settled[];
}

/** Takes down what a promise checks. Without a single check it was not observed. */
export interface Notes {
  /**
   * Takes down one check.
   *
   * @param about the request or the record, without its content
   * @param what the part of it, such as a field or `status`
   * @param expected a text of this project, a number or a boolean
   * @param got the same in the answer, as a shape where it is a text
   * @param place the place of the description that this settles, where it is another than the promise's own
   * @returns whether it was as expected
   */
  expect(about: string, what: string, expected: SafeValue | string, got: SafeValue, place?: string): boolean;
  /** Says why there may be nothing to check; the last reason counts. */
  skip(reason: string): void;
  /** Says that a part, such as one list of many, shows nothing that could break the promise, and why. */
  unseen(part: string, reason: string): void;
  /** Adds a remark to a promise that held, such as what was left behind. */
  remark(text: string): void;
}

/** The subject answered in a way that makes the check impossible. It contradicts the promise. */
export class Unexpected extends Error {
  readonly contradiction: Contradiction;
  /** The place of the description that this contradicts, if it is another than the promise's own. */
  readonly place: string | undefined;

  /** @param got the status, or whatever came in place of what was expected */
  constructor(about: string, expected: string | number, got: unknown, place?: string) {
    super(`${about} did not answer as expected`);
    this.place = place;
    const isStatus = typeof expected === 'number';
    this.contradiction = {
      about,
      what: isStatus ? 'status' : 'body',
      expected,
      got: typeof got === 'number' ? got : shape(got),
    };
  }
}

/** There is nothing to check; the message says why. */
export class NothingToCheck extends Error {}

/**
 * Runs a check and says what came of it.
 *
 * @param place where the promise stands in the description, if it does
 */
export async function outcomeOf(check: (notes: Notes) => Promise<void>, place?: string): Promise<Outcome> {
  const contradictions: Contradiction[] = [];
  const settled = new Map<string, boolean>();
  let checks = 0;
  let reason = 'nothing in the account shows it';
  /** Parts by the reason why nothing was seen of them. */
  const unseen = new Map<string, string[]>();
  const addUnseen = (part: string, why: string): void =>
    void unseen.set(why, [...new Set([...(unseen.get(why) ?? []), part])]);
  let remark: string | undefined;

  const addCheck = (contradiction: Contradiction | undefined, where: string | undefined): void => {
    checks += 1;
    if (contradiction && contradictions.length < maxContradictions) contradictions.push(contradiction);
    if (where !== undefined) settled.set(where, (settled.get(where) ?? true) && !contradiction);
  };

  try {
    await check({
      expect(about, what, expected, got, where = place) {
        const holds = isDeepStrictEqual(expected, got);
        addCheck(holds ? undefined : { about, what, expected, got }, where);
        return holds;
      },
      skip: (text) => void (reason = text),
      unseen: addUnseen,
      remark: (text) => void (remark = text),
    });
  } catch (error) {
    if (error instanceof Unexpected) addCheck(error.contradiction, error.place ?? place);
    else if (error instanceof NothingToCheck) {
      reason = error.message;
      addUnseen('the rest', reason);
    } else if (error instanceof TypeError) {
      // The answer has another form than described; another promise reports that.
      reason = 'the answers are not of the form that it is about';
      addUnseen('the rest', reason);
    } else throw error;
  }
  const state = contradictions.length > 0 ? 'broken' : checks > 0 ? 'held' : 'not observed';
  return {
    state,
    compared: checks,
    ...remarks(state, state === 'not observed' ? reason : remark, unseen),
    contradictions,
    settles: [...settled].map(([where, held]) => ({ place: where, held })),
  };
}

function remarks(
  state: Outcome['state'],
  remark: string | undefined,
  unseen: ReadonlyMap<string, readonly string[]>,
): Pick<Outcome, 'remark' | 'unseen'> {
  if (state !== 'held' || unseen.size === 0) return remark === undefined ? {} : { remark };
  const unseenParts = [...unseen].map(([why, parts]) => `${parts.join(', ')} (${why})`);
  const all = [remark, `not observed at ${unseenParts.join('; ')}`].filter((text) => text !== undefined);
  return { remark: all.join('; '), unseen: unseenParts };
}

/** Contradictions that are kept of one promise. */
const maxContradictions = 5;

/** The outcome of a comparison whose values must not be shown. */
export function agrees(holds: boolean): SafeText {
  return literal(holds ? 'the same' : 'different');
}

/** What `agrees` gives when the values are the same. */
export const sameWord = 'the same';
