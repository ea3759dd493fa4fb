// A capture that is killed as a program is, at any moment, and started again: it ends with the same bytes.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stagingOf } from '../../../mock-server/capture/capture.ts';
import { folderForTest } from '../../support/captured.ts';
import { isDeep } from '../../support/deep.ts';
import { startGem } from '../../support/gem.ts';
import { run } from '../../support/process.ts';

const kills = isDeep ? 20 : 2;
const seed = Number(process.env['DEEP_SEED'] ?? 7);

test(
  `killed ${kills} times at random moments, it ends with the same bytes`,
  { timeout: 3_600_000 },
  async () => {
    const gem = await startGem({ scenario: 'large', parameters: { candidates: isDeep ? 5000 : 200 } });
    const folder = folderForTest();
    const start = (name: string) =>
      run(
        'node',
        `mock-server/mock-gem.js capture --per-second 0 --yes --gem-url ${gem.url}`
          .split(' ')
          .concat('--out', join(folder, name), '--salt-file', join(folder, 'salt')),
        { env: { GEM_API_KEY: gem.apiKey } },
      );
    const begun = performance.now();
    expect((await start('whole').ended).code).toBe(0);
    const length = performance.now() - begun;
    let [done, random] = [0, seed];
    for (let killed = 0; killed < kills; killed += 1) {
      // A linear congruence: the same seed kills at the same moments, as far as a machine has such.
      random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
      const capture = start(`killed-${done}`);
      await Promise.race([setTimeout((random / 2 ** 31) * length), capture.ended]);
      capture.child.kill('SIGKILL');
      await capture.ended;
      // One that came to its end is a whole one; the next is begun.
      if (existsSync(join(folder, `killed-${done}`))) done += 1;
    }
    expect((await start(`killed-${done}`).ended).code).toBe(0);
    for (let each = 0; each <= done; each += 1) {
      expect(filesOf(join(folder, `killed-${each}`))).toEqual(filesOf(join(folder, 'whole')));
      expect(existsSync(stagingOf(join(folder, `killed-${each}`)))).toBe(false);
    }
  },
);

/** What a folder holds. */
function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder);
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
