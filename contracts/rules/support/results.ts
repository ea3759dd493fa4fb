// The results of actions: answers, and writes to Gem.
import type { ControlSchemas } from '../../control.ts';
import type { ActionResult } from '../../harness/run.ts';
import type { Check } from '../../harness/rule.ts';
import { check, same } from './compare.ts';

/** The records that actions create, as the emulator stores them. */
interface WrittenRecords {
  candidates: ControlSchemas['CandidateRecord'];
  applications: ControlSchemas['ApplicationRecord'];
  attachments: ControlSchemas['AttachmentRecord'];
  notes: ControlSchemas['NoteRecord'];
}

/** Whether the connector answered with success. */
export function isDone({ status }: Pick<ActionResult, 'status'>): boolean {
  return status === 200;
}

/** @returns the new records of one kind */
export function created<Name extends keyof WrittenRecords>(
  { changes }: Pick<ActionResult, 'changes'>,
  resource: Name,
): WrittenRecords[Name][] {
  return (
    changes.created
      .filter((one) => one.resource === resource)
      // The resource tells what the record holds.
      .map(({ record }) => record as WrittenRecords[Name])
  );
}

/** The fields of an answer that rules read, of a success or a problem. */
export interface AnswerBody {
  data?: Readonly<Record<string, unknown>> & { results?: readonly Readonly<Record<string, unknown>>[] };
  warnings?: readonly { message?: unknown }[];
  error?: { code?: unknown };
}

/** @returns the body of an answer; an empty one when it is no object */
export function answerOf({ answer }: Pick<ActionResult, 'answer'>): AnswerBody {
  // Rules check the fields that they read.
  return typeof answer === 'object' && answer !== null ? (answer as AnswerBody) : {};
}

/** An action that was owed has to succeed. */
export function mustSucceed(result: Pick<ActionResult, 'status' | 'answer'>): Check[] {
  return same('the answer', isDone(result) ? 'success' : answerOf(result).error?.code, 'success');
}

/** The texts of an answer's warnings. */
export function warningsOf(result: Pick<ActionResult, 'answer'>): string[] {
  return (answerOf(result).warnings ?? []).map(({ message }) => String(message));
}

/** The action has to be refused with the code, and to write nothing. */
export function mustBeRefused(result: ActionResult, code: string): Check[] {
  const given = isDone(result) ? 'success' : answerOf(result).error?.code;
  return [...same('the code of the answer', given, code), ...mustWriteNothing(result)];
}

/** Nothing at Gem may be different afterwards. */
function mustWriteNothing({ changes }: Pick<ActionResult, 'changes'>): Check[] {
  const written = Object.entries(changes).flatMap(([how, records]) =>
    records.map(({ resource, id }) => `${how} ${resource} ${id}`),
  );
  return check(written.length === 0, { what: 'writes at Gem', expected: 'none', got: written });
}
