import type { World } from '../world/world.ts';
import { invalidField } from '../problems/problems.ts';

/**
 * Sees to it that a list is asked for a status that exists (gem-ats-api §1.6, §14 #10). In a world that lets any other word
 * pass nothing has such a status, so that the list is empty.
 *
 * @throws GemProblem 422
 */
export function requireKnownStatus(world: World, status: string | undefined, known: readonly string[]): void {
  if (status === undefined || known.includes(status)) return;
  if (world.switches.unknown_status === 'empty') return;
  throw invalidField(['status'], `Must be one of: ${known.join(', ')}.`, 'query');
}
