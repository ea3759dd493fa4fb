import { isDeepStrictEqual } from 'node:util';
import type { Contradiction } from '../report/report.ts';
import { ours, shape, type Showable, type Shown } from './shown.ts';

/** What was found of a promise. */
export interface Outcome {
  state: 'held' | 'broken' | 'not observed';
  remark?: string;
  contradictions: Contradiction[];
  /** What it says about places of the description. */
  settles: Settled[];
}

/** A place of the description that an observation bore out or contradicted. */
export interface Settled {
  /** A JSON pointer into the description. */
  place: string;
  held: boolean;
}

/** Notes what a promise looks at. Without a single look it was not observed. */
export interface Notes {
  /**
   * Notes one look.
   *
   * @param about the request or the record, without anything of its content
   * @param what what of it
   * @param expected a word of ours, a number or a truth
   * @param got the same in the answer, as a shape where it is a text
   * @param place the place of the description that this settles, where it is another than the promise's own
   * @returns whether it was as expected
   */
  expect(about: string, what: string, expected: Showable | string, got: Showable, place?: string): boolean;
  /** Says why there may be nothing to look at; the last reason counts. */
  unseen(reason: string): void;
  /** Says something about what held, for example what was left behind. */
  remark(text: string): void;
}

/** The subject answered otherwise than it must for anything to be looked at. It contradicts the promise at hand. */
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

/** There is nothing to look at, for a reason. */
export class NothingToSee extends Error {}

/**
 * Runs a check and says what came of it.
 *
 * @param place where the promise stands in the description, if it does
 */
export async function outcomeOf(check: (notes: Notes) => Promise<void>, place?: string): Promise<Outcome> {
  const contradictions: Contradiction[] = [];
  const settled = new Map<string, boolean>();
  let looks = 0;
  let reason = 'nothing in the account shows it';
  let remark: string | undefined;

  const note = (contradiction: Contradiction | undefined, where: string | undefined): void => {
    looks += 1;
    if (contradiction && contradictions.length < kept) contradictions.push(contradiction);
    if (where !== undefined) settled.set(where, (settled.get(where) ?? true) && !contradiction);
  };

  try {
    await check({
      expect(about, what, expected, got, where = place) {
        const holds = isDeepStrictEqual(expected, got);
        note(holds ? undefined : { about, what, expected, got }, where);
        return holds;
      },
      unseen: (text) => void (reason = text),
      remark: (text) => void (remark = text),
    });
  } catch (error) {
    if (error instanceof Unexpected) note(error.contradiction, error.place ?? place);
    else if (error instanceof NothingToSee) reason = error.message;
    // An answer of another form than described: that it is so is another promise's to say.
    else if (error instanceof TypeError) reason = 'the answers are not of the form that it is about';
    else throw error;
  }
  const state = contradictions.length > 0 ? 'broken' : looks > 0 ? 'held' : 'not observed';
  return {
    state,
    ...(state === 'not observed' ? { remark: reason } : remark !== undefined && { remark }),
    contradictions,
    settles: [...settled].map(([where, held]) => ({ place: where, held })),
  };
}

/** How many contradictions of a promise are kept. */
const kept = 5;

/** Says of a comparison that cannot be shown whether it came out. */
export function agrees(holds: boolean): Shown {
  return ours(holds ? 'the same' : 'different');
}

/** The word for `agrees` when it does. */
export const same = 'the same';
