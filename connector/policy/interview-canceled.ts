import type { GemSchemas } from '../../contracts/gem.ts';

/**
 * Whether an interview was called off. Gem has no such mark, so it counts as canceled when all interviewers declined;
 * without interviewers, one that took place was not, and of others nothing is known (kombo-unified-api §6, §8 point
 * 18).
 */
export function isCanceled({
  interviewers,
  status,
}: Pick<GemSchemas['ScheduledInterview'], 'interviewers' | 'status'>): boolean | null {
  if (interviewers.length > 0) {
    return interviewers.every(({ response_status }) => response_status === 'declined');
  }
  return status === 'scheduled' ? null : false;
}
