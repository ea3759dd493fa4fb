import { createHash } from 'node:crypto';
import type { Operation } from '../../description.ts';
import { gemDescription } from '../../gem.ts';
import { createValidator, type Violation } from '../../validator.ts';
import type { Contradiction } from '../report/report.ts';
import { contradictionOf } from './contradict.ts';
import { below } from './document.ts';
import { answerPointer, places } from './places.ts';
import { pointersAlong, walkSchema } from './walk-schema.ts';

/** What all answers together said about one place of the description. */
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

/** Holds every answer against the description, and keeps counts instead of the answers. */
export interface Witness {
  /** Takes an answer in; the same one once more says nothing new. */
  see(operation: Operation, answer: { status: number; body: unknown }): void;
  /** Notes that an operation did not answer with success although it had to. */
  blame(operation: Operation, contradiction: Contradiction): void;
  tally(pointer: string): Tally;
}

/** Makes a witness that has seen nothing yet. */
export function createWitness(): Witness {
  const validator = createValidator(gemDescription, { unknownFields: 'refuse' });
  const seen = new Set<string>();
  const tallies = new Map<string, Tally>();

  const tallyOf = (pointer: string): Tally => {
    let tally = tallies.get(pointer);
    if (!tally) tallies.set(pointer, (tally = { seen: 0, nulls: 0, words: new Set(), contradictions: [] }));
    return tally;
  };

  const isNew = (about: string, value: unknown): boolean => {
    const print = createHash('sha1')
      .update(about)
      .update(JSON.stringify(value) ?? '')
      .digest('base64');
    if (seen.has(print)) return false;
    seen.add(print);
    return true;
  };

  /** What of an answer was not seen before: most records come many times. */
  const freshPart = (about: string, body: unknown): { fresh: unknown; indexes: readonly number[] } => {
    if (!Array.isArray(body)) return { fresh: isNew(about, body) ? body : undefined, indexes: [] };
    const indexes = body.flatMap((row: unknown, index) => (isNew(about, row) ? [index] : []));
    return { fresh: indexes.map((index): unknown => body[index]), indexes };
  };

  const add = (pointer: string, contradiction: Contradiction): void => {
    const { contradictions } = tallyOf(pointer);
    if (contradictions.length < kept) contradictions.push(contradiction);
  };

  return {
    see(operation, { status, body }) {
      if (!operation.answers.has(status)) return;
      const isSuccess = status < 300;
      const own = below('/paths', operation.path, operation.method);
      const answer = answerPointer(operation, status);
      if (isSuccess) tallyOf(own).seen += 1;
      tallyOf(answer).seen += 1;
      if (operation.answers.get(status) === undefined) return;
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
      for (const violation of telling(validator.answer(operation, status, fresh))) {
        const around = [own, answer, ...pointersAlong(schema, fresh, violation.path)];
        // An answer that is refused is not what the operation promises; its own description is to blame.
        const blamed = around.findLast((pointer) => places.has(pointer) && (isSuccess || pointer !== own));
        add(
          blamed ?? own,
          contradictionOf(operation.id, { ...violation, path: inWhole(violation.path, indexes) }),
        );
      }
    },
    blame: (operation, contradiction) =>
      add(below('/paths', operation.path, operation.method), contradiction),
    tally: tallyOf,
  };
}

/** The path in the whole answer. */
function inWhole([first, ...rest]: readonly string[], indexes: readonly number[]): string[] {
  if (first === undefined) return [];
  return [String(indexes[Number(first)] ?? first), ...rest];
}

/** How many contradictions of a place are kept. */
const kept = 5;

/** Of a choice between forms, every form complains: what is left is what is wrong with the nearest one. */
function telling(violations: readonly Violation[]): Violation[] {
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
