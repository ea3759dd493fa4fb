import type { ControlSchemas } from '../control.ts';

type ResourceName = ControlSchemas['ResourceName'];

/**
 * What is put into a world to see whether a rule breaks there. Records are written as scenario files write them; `as`
 * labels them, and references, edits and acts speak of them by label. Labels must be words that no other text equals:
 * `job-1`, `office-2`. Many cases are put into one world, so each brings all that it needs, and touches nothing else.
 */
export interface Case {
  records: { readonly [Name in ResourceName]?: readonly CaseRecord[] };
  /** What recruiters do between the first sync and the next, in this order. */
  edits?: readonly ControlSchemas['Edit'][];
  /** What the connector is asked to do at the end. */
  actions?: readonly Action[];
}

/** A record as a scenario file writes it: what is left out is made up believably. */
export type CaseRecord = Readonly<Record<string, unknown>> & { readonly as?: string };

/** An action of the unified API. */
export interface Action {
  /** The `operationId` in the unified description, such as `createAtsApplication`. */
  operation: string;
  /** Path parameters: the labels of records, which become their unified ids, or one of what a body may hold. */
  path?: Readonly<Record<string, string | LabelIn<'prefixed'>>>;
  /**
   * The body; `{ unified: 'label' }` in it becomes a record's unified id, `{ remote: 'label' }` its id at Gem, and `{
   * prefixed: 'label' }` the word `remote:` and its id at Gem.
   */
  body?: unknown;
}

/** A record by its label, and what of it stands in its place. */
export type LabelIn<Word extends 'unified' | 'remote' | 'prefixed'> = Readonly<Record<Word, string>>;

/** One line that says what was asked of the connector, for people. */
export function describeAction({ operation, path = {}, body }: Action): string {
  const where = Object.entries(path).map(
    ([name, label]) => `${name}=${typeof label === 'string' ? label : JSON.stringify(label)}`,
  );
  return [operation, ...where, ...(body === undefined ? [] : [JSON.stringify(body)])].join(' ');
}
