import { evidence, type GemPromise } from '../promise.ts';
import { ours, shape } from '../shown.ts';

export default {
  statement: 'the CRM sends instants as whole Unix seconds',
  evidence: evidence('A', "Gem's CRM reference (facts §1.8)"),
  group: 'transport',
  async check(gem, { expect }) {
    for (const { operation, rows, birth } of gem.lists({ api: 'crm' })) {
      if (birth === undefined) continue;
      for (const row of rows) {
        const time = row[birth];
        expect(operation.id, birth, ours('seconds'), isSeconds(time) ? ours('seconds') : shape(time));
      }
    }
  },
} satisfies GemPromise;

/** Milliseconds would be a thousand times as many: those of any day since 1973 are more than the seconds until 5138. */
function isSeconds(time: unknown): boolean {
  return typeof time === 'number' && Number.isInteger(time) && time > 0 && time < 100_000_000_000;
}
