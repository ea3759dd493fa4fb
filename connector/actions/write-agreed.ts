import { toInstant } from '../../contracts/clock.ts';
import type { Integration } from '../store/queries/integrations.ts';
import { collectWrite, lastWriteNumber, noteWrite } from '../store/queries/recent-writes.ts';
import { digestOf, oneAtATime } from './one-at-a-time.ts';
import type { Services } from './services.ts';

/**
 * Writes to Gem so that the same call sent several times at once writes once, and each of its callers is told the same: a
 * call that waited for the same one does not write again. A write that fails is told to its own caller only.
 *
 * @param about.turn what is written one after the other
 * @param about.target all that was asked for; equal for equal calls
 * @param write looks up and writes; what it returns is stored
 */
export async function writeAgreed(
  { database, locks, clock, log }: Pick<Services, 'database' | 'locks' | 'clock' | 'log'>,
  integration: Pick<Integration, 'id'>,
  about: { turn: string; target: unknown },
  write: () => Promise<void>,
): Promise<void> {
  const integrationId = integration.id;
  const key = { integrationId, target: digestOf(about.target) };
  const before = await lastWriteNumber(database, integrationId);
  await oneAtATime(locks, `${about.turn} of ${integrationId}`, async () => {
    if (await collectWrite(database, key, before)) return;
    await write();
    const at = toInstant(clock.now());
    await noteWrite(database, { ...key, result: {}, isUncollected: false, at }).catch((error: unknown) =>
      log('a write to Gem could not be noted', error),
    );
  });
}
