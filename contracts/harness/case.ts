import type { ControlSchemas } from '../control.ts';

type ResourceName = ControlSchemas['ResourceName'];

/**
 * What is put into a world to see whether a rule breaks there. Records are written as in scenario files: `as` labels them,
 * and references, edits and actions name them by label. No other text may equal a label: use `job-1`, `office-2`. Many cases
 * share one world, so each brings all that it needs and touches nothing else.
 */
export interface Case {
  records: { readonly [Name in ResourceName]?: readonly CaseRecord[] };
  /** What recruiters do between the first sync and the next, in this order. */
  edits?: readonly ControlSchemas['Edit'][];
  /** What they do after that, in rounds. A delta sync follows each, and a full one the first and the last. */
  later?: readonly (readonly ControlSchemas['Edit'][])[];
  /**
   * What Gem notes a few seconds before the delta sync of the second round, and shows only after it: with the third round.
   */
  unseen?: readonly ControlSchemas['Edit'][];
  /** What goes wrong at Gem during the first two full syncs, and during the delta sync of the second round. */
  syncFaults?: {
    readonly first?: readonly Fault[];
    readonly again?: readonly Fault[];
    readonly delta?: readonly Fault[];
  };
  /** What the connector is asked to do at the end. */
  actions?: readonly Action[];
}

/** A record as in a scenario file: fields that are left out are filled in. */
export type CaseRecord = Readonly<Record<string, unknown>> & { readonly as?: string };

/** An action of the unified API that a case asks for. */
export interface Action {
  /** The `operationId` in the unified description, such as `createAtsApplication`. */
  operation: string;
  /** Path parameters: a label becomes the record's unified id; the forms of the body are possible too. */
  path?: Readonly<Record<string, string | LabelIn<'prefixed'>>>;
  /**
   * The body; `{ unified: 'label' }` in it becomes a record's unified id, `{ remote: 'label' }` its id at Gem, and `{
   * prefixed: 'label' }` the word `remote:` and its id at Gem.
   */
  body?: unknown;
  /** What recruiters do right before it, which no sync has seen. Rules look at such an action only where they say so. */
  edits?: readonly ControlSchemas['Edit'][];
  /** What goes wrong at Gem meanwhile. Rules that are not about failures do not look at such an action. */
  faults?: readonly Fault[];
}

/** A failure of Gem, as the control API arms it. */
export type Fault = ControlSchemas['Fault'];

/** A record by its label, and the form in which its id is sent. */
export type LabelIn<Word extends 'unified' | 'remote' | 'prefixed'> = Readonly<Record<Word, string>>;

/** Describes an action in one line for people. */
export function describeAction({ operation, path = {}, body, edits = [], faults = [] }: Action): string {
  const where = Object.entries(path).map(
    ([name, label]) => `${name}=${typeof label === 'string' ? label : JSON.stringify(label)}`,
  );
  const meanwhile = faults.length === 0 ? [] : [`while Gem fails: ${faults.map(describeFault).join(', ')}`];
  const before = edits.length === 0 ? [] : [`right after ${JSON.stringify(edits)}`];
  const what = body === undefined ? [] : [JSON.stringify(body)];
  return [operation, ...where, ...what, ...before, ...meanwhile].join(' ');
}

/** Describes a fault in a few words for people: `status 503 before POST`. */
export function describeFault({ fault, match = {}, ...more }: Fault): string {
  const details = 'status' in more ? [String(more.status)] : [];
  const moment = 'when' in more && more.when !== undefined ? [more.when] : ['at'];
  const where = [
    match.method ?? match.operation ?? 'any call',
    ...(match.page === undefined ? [] : ['page', String(match.page)]),
  ];
  return [fault.replaceAll('_', ' '), ...details, ...moment, ...where].join(' ');
}
