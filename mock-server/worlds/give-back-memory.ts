import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Records } from '../../seeds/index.ts';

/**
 * Hands memory back to the machine. Making up a large world leaves as much garbage as it leaves records, and V8 keeps
 * the room for both; nothing that follows needs it again.
 *
 * @param records what was made: of fewer than some ten thousand, the pause costs more than the room is worth
 */
export function giveBackMemory(records: Records): void {
  const count = Object.values(records).reduce((sum, { length }) => sum + length, 0);
  if (count < worthwhile) return;
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  // Only the last resort makes the young generation small again. Under load V8 would let it grow by twice and twice
  // more, to over 100 MB beside records that never move: it stays as small as it is.
  setFlagsFromString('--semi-space-growth-factor=1');
  if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

const worthwhile = 50_000;
