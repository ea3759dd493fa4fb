// What each action may write to Gem at most.
import { inputOf } from './create-input.ts';
import type { ActionResult } from '../../harness/run.ts';
import type { Finding } from '../../harness/rule.ts';

/** The actions that are no create calls. */
export const move = 'moveAtsApplicationToStage';
export const links = ['addAtsApplicationResultLink', 'addAtsCandidateResultLink'];
export const reads = ['getAtsApplicationAttachments', 'getAtsCandidateAttachments'];

/** @returns what an act wrote beyond what its action may */
export function writesBeyond(result: ActionResult): Finding[] {
  const { created, changed, deleted } = result.changes;
  const { operation } = result.action;
  const counts = Map.groupBy(created, ({ resource }) => resource);
  const mayMake = mayMakeOf(result);
  return [
    ...[...counts].flatMap(([resource, { length }]) => {
      const most = mayMake[resource] ?? 0;
      return length <= most ? [] : [{ what: `new ${resource}`, expected: `${most} at most`, got: length }];
    }),
    ...changed.flatMap(({ resource, id, fields }) =>
      Object.entries(fields)
        .filter(([field]) => !mayChange(operation, resource, field))
        .map(([field, { after }]) => ({
          what: `${field} of ${resource} ${id}`,
          expected: 'as it was',
          got: after,
        })),
    ),
    ...deleted.map(({ resource, id }) => ({
      what: `${resource} ${id}`,
      expected: 'as it was',
      got: 'deleted',
    })),
  ];
}

/** How many new records of each kind there may be; how many there have to be is for other rules to say. */
function mayMakeOf(result: ActionResult): Readonly<Record<string, number>> {
  const { operation } = result.action;
  if (links.includes(operation)) return { notes: Infinity };
  if (operation === move || reads.includes(operation)) return {};
  return { candidates: 1, applications: 1, attachments: inputOf(result).attachments?.length ?? 0 };
}

/** Gem itself notes when something last happened (gem-ats-api §14 #14). */
function mayChange(operation: string, resource: string, field: string): boolean {
  if (reads.includes(operation)) return false;
  if (resource === 'candidates') return field === 'updated_at' || field === 'last_activity';
  const isOfMove = operation === move && resource === 'applications';
  return isOfMove && (field === 'current_stage_id' || field === 'last_activity_at');
}
