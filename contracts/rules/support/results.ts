// What an action answered, and what it wrote to Gem.
import type { ControlSchemas } from '../../control.ts';
import type { ActionResult } from '../../harness/run.ts';
import type { Finding } from '../../harness/rule.ts';

/** The records that actions bring into being, as the emulator keeps them. */
interface WrittenRecords {
  candidates: ControlSchemas['CandidateRecord'];
  applications: ControlSchemas['ApplicationRecord'];
  attachments: ControlSchemas['AttachmentRecord'];
  notes: ControlSchemas['NoteRecord'];
}

/** Whether the connector says that it did what it was asked for. */
export function isDone({ status }: Pick<ActionResult, 'status'>): boolean {
  return status === 200;
}

/** @returns the records of one kind that came into being */
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

/** The body of an answer as far as rules read it: a success or a problem. */
export interface Answer {
  data?: Readonly<Record<string, unknown>> & { results?: readonly Readonly<Record<string, unknown>>[] };
  warnings?: readonly { message?: unknown }[];
  error?: { code?: unknown };
}

/** @returns the body of an answer; an empty one when it is no object */
export function answerOf({ answer }: Pick<ActionResult, 'answer'>): Answer {
  // A rule looks at what it reads of it.
  return typeof answer === 'object' && answer !== null ? (answer as Answer) : {};
}

/** The texts of an answer's warnings. */
export function warningsOf(result: Pick<ActionResult, 'answer'>): string[] {
  return (answerOf(result).warnings ?? []).map(({ message }) => String(message));
}

/** @returns how an act was not refused with a code, or wrote something all the same */
export function refused(result: ActionResult, code: string): Finding[] {
  const given = isDone(result) ? 'success' : answerOf(result).error?.code;
  return [
    ...(given === code ? [] : [{ what: 'the code of the answer', expected: code, got: given }]),
    ...nothingWritten(result),
  ];
}

/** @returns a finding when anything at Gem is different afterwards */
export function nothingWritten({ changes }: Pick<ActionResult, 'changes'>): Finding[] {
  const written = Object.entries(changes).flatMap(([how, records]) =>
    records.map(({ resource, id }) => `${how} ${resource} ${id}`),
  );
  return written.length === 0 ? [] : [{ what: 'writes at Gem', expected: 'none', got: written }];
}
