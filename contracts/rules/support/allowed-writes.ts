// The writes to Gem that each action may make.
import { inputOf } from './create-input.ts';
import type { ActionResult } from '../../harness/run.ts';
import { right, type Check } from '../../harness/rule.ts';
import { check } from './compare.ts';

/** The actions besides create calls. */
export const move = 'moveAtsApplicationToStage';
export const links = ['addAtsApplicationResultLink', 'addAtsCandidateResultLink'];
export const reads = ['getAtsApplicationAttachments', 'getAtsCandidateAttachments'];

/** Whether an action wrote only what it may. */
export function writesBeyond(result: ActionResult): Check[] {
  const { created, changed, deleted } = result.changes;
  const { operation } = result.action;
  const counts = Map.groupBy(created, ({ resource }) => resource);
  const maxCreated = maxCreatedBy(result);
  return [
    ...[...counts].flatMap(([resource, { length }]) => {
      const max = maxCreated[resource] ?? 0;
      return check(length <= max, { what: `new ${resource}`, expected: `${max} at most`, got: length });
    }),
    ...changed.flatMap(({ resource, id, fields }) =>
      Object.entries(fields).map(([field, { after }]) =>
        mayChange(operation, resource, field)
          ? right
          : { what: `${field} of ${resource} ${id}`, expected: 'as it was', got: after },
      ),
    ),
    ...deleted.map(({ resource, id }) => ({
      what: `${resource} ${id}`,
      expected: 'as it was',
      got: 'deleted',
    })),
  ];
}

/** The maximum of new records by kind. Other rules say how many there must be. */
function maxCreatedBy(result: ActionResult): Readonly<Record<string, number>> {
  const { operation } = result.action;
  if (links.includes(operation)) return { notes: Infinity };
  if (operation === move || reads.includes(operation)) return {};
  return { candidates: 1, applications: 1, attachments: inputOf(result).attachments?.length ?? 0 };
}

/** Gem itself records the last activity (gem-ats-api §14 #14). */
function mayChange(operation: string, resource: string, field: string): boolean {
  if (reads.includes(operation)) return false;
  if (resource === 'candidates') return field === 'updated_at' || field === 'last_activity';
  const isOfMove = operation === move && resource === 'applications';
  return isOfMove && (field === 'current_stage_id' || field === 'last_activity_at');
}
