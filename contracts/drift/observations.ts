import { createHash } from 'node:crypto';
import type { Operation } from '../description.ts';
import type { Violation } from '../validator.ts';
import type { Contradiction } from '../report.ts';
import { contradictionOf } from './contradiction.ts';
import { againstDescription } from './departures.ts';
import { below, pointersAlong, walkSchema } from './document.ts';
import { answerPointer, places } from './places.ts';
import { shape } from './shape.ts';

/** What all answers together show of one place of the description. */
export interface Tally {
  /** How often it was there. */
  seen: number;
  /** How often it was `null`. */
  nulls: number;
  /** The words of an enumeration that were seen. */
  words: Set<string>;
  /** The first few ways in which it was not as described. */
  contradictions: Contradiction[];
}

/** Compares every answer with the description, and keeps counts instead of the answers. */
export interface Observations {
  /** Adds an answer; the same one a second time changes nothing. */
  add(operation: Operation, answer: { status: number; body: unknown }): void;
  /** Adds that an operation did not answer with success although it had to. */
  contradict(operation: Operation, contradiction: Contradiction): void;
  tally(pointer: string): Tally;
  /** All tallies, to go on with later. */
  saved(): SavedTallies;
}

/** Tallies as JSON, by their pointers. */
export type SavedTallies = [pointer: string, tally: Omit<Tally, 'words'> & { words: string[] }][];

/**
 * Starts with no observation, or with those that were saved.
 *
 * @param onContradiction is told of every contradiction, also of those that are too many to be kept
 * @param saved what to go on with; without it, whether a record was seen before is remembered, which takes memory for each
 */
export function createObservations(
  onContradiction: (
    operation: Operation,
    status: number | undefined,
    contradiction: Contradiction,
  ) => void = () => {},
  saved?: SavedTallies,
): Observations {
  const validator = againstDescription();
  const seen = new Set<string>();
  const tallies = new Map<string, Tally>(
    saved?.map(([pointer, tally]) => [pointer, { ...tally, words: new Set(tally.words) }]),
  );

  const tallyOf = (pointer: string): Tally => {
    let tally = tallies.get(pointer);
    if (!tally) tallies.set(pointer, (tally = { seen: 0, nulls: 0, words: new Set(), contradictions: [] }));
    return tally;
  };

  const isNew = (about: string, value: unknown): boolean => {
    if (saved) return true;
    const print = createHash('sha1')
      .update(about)
      .update(JSON.stringify(value) ?? '')
      .digest('base64');
    if (seen.has(print)) return false;
    seen.add(print);
    return true;
  };

  /** The part of an answer that was not seen before: most records come many times. */
  const freshPart = (about: string, body: unknown): { fresh: unknown; indexes: readonly number[] } => {
    if (!Array.isArray(body)) return { fresh: isNew(about, body) ? body : undefined, indexes: [] };
    const indexes = body.flatMap((row: unknown, index) => (isNew(about, row) ? [index] : []));
    return { fresh: indexes.map((index): unknown => body[index]), indexes };
  };

  const add = (pointer: string, contradiction: Contradiction): void => {
    const { contradictions } = tallyOf(pointer);
    if (contradictions.length < maxContradictions) contradictions.push(contradiction);
  };

  return {
    add(operation, { status, body }) {
      if (!operation.answers.has(status)) return;
      const isSuccess = status < 300;
      const own = below('/paths', operation.path, operation.method);
      const answer = answerPointer(operation, status);
      if (isSuccess) tallyOf(own).seen += 1;
      tallyOf(answer).seen += 1;
      if (operation.answers.get(status) === undefined) return;
      if (body === undefined) {
        const blamed = isSuccess ? own : answer;
        const contradiction = { about: operation.id, what: 'body', expected: 'JSON', got: shape(body) };
        onContradiction(operation, status, contradiction);
        return add(blamed, contradiction);
      }
      const schema = below(answer, 'content', 'application/json', 'schema');
      const { fresh, indexes } = freshPart(`${operation.id} ${status}`, body);
      if (fresh === undefined) return;
      walkSchema(schema, fresh, (pointer, value, node) => {
        if (!places.has(pointer)) return;
        const tally = tallyOf(pointer);
        tally.seen += 1;
        if (value === null) tally.nulls += 1;
        if (Array.isArray(node['enum']) && node['enum'].includes(value)) tally.words.add(String(value));
      });
      for (const violation of nearestForms(validator.answer(operation, status, fresh))) {
        const around = [own, answer, ...pointersAlong(schema, fresh, violation.path)];
        // An answer that is refused is not what the operation promises; its own description is to blame.
        const blamed = around.findLast((pointer) => places.has(pointer) && (isSuccess || pointer !== own));
        const path = inWhole(violation.path, indexes);
        const contradiction = contradictionOf(operation.id, { ...violation, path });
        onContradiction(operation, status, contradiction);
        add(blamed ?? own, contradiction);
      }
    },
    contradict: (operation, contradiction) =>
      add(below('/paths', operation.path, operation.method), contradiction),
    tally: tallyOf,
    saved: () => [...tallies].map(([pointer, tally]) => [pointer, { ...tally, words: [...tally.words] }]),
  };
}

/** The path in the whole answer. */
function inWhole([first, ...rest]: readonly string[], indexes: readonly number[]): string[] {
  if (first === undefined) return [];
  return [String(indexes[Number(first)] ?? first), ...rest];
}

/** Contradictions that are kept of one place. */
const maxContradictions = 5;

/** Each form of a choice reports violations. Only those of the nearest form are kept. */
function nearestForms(violations: readonly Violation[]): Violation[] {
  const choices = new Map<string, Violation>();
  for (const violation of violations) {
    if (violation.keyword === 'oneOf' || violation.keyword === 'anyOf')
      choices.set(keyOf(violation.path), violation);
  }
  if (choices.size === 0) return [...violations];
  const above = violations.map(({ path }) => {
    const keys = path.map((_key, index) => keyOf(path.slice(0, index)));
    return keys.find((key) => choices.has(key));
  });
  const withNested = new Set(above);
  return violations.filter((violation, index) => {
    if (above[index] !== undefined) return true;
    const own = keyOf(violation.path);
    const choice = choices.get(own);
    return choice === undefined || (choice === violation && !withNested.has(own));
  });
}

function keyOf(path: readonly string[]): string {
  return path.join('/');
}
