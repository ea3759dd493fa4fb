import { toInstant } from '../../contracts/clock.ts';
import type { DeliveryState, Try } from '../store/queries/deliveries.ts';
import type { DeliverySettings } from './settings.ts';

/**
 * Decides how a delivery stands after a try.
 *
 * @param tries how often it was tried, this try included
 * @param now milliseconds since 1970, after the try
 */
export function afterTry(
  { problem }: Pick<Try, 'problem'>,
  tries: number,
  { delays }: Pick<DeliverySettings, 'delays'>,
  now: number,
): { state: DeliveryState; nextTryAt: string | null } {
  if (problem === null) return { state: 'DELIVERED', nextTryAt: null };
  const delay = delays[tries - 1];
  if (delay === undefined) return { state: 'FAILED', nextTryAt: null };
  return { state: 'PENDING', nextTryAt: toInstant(now + delay) };
}
