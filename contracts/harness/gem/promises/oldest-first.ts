import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'lists show the record first that was created first',
  evidence: evidence('D', 'nothing is documented for the ATS (facts §1.5, §14 #24)'),
  group: 'paging',
  async check(gem, { expect }) {
    for (const { operation, rows, birth } of gem.lists({ takes: 'page' })) {
      if (birth === undefined || rows.length < 2) continue;
      const times = rows.map((row) => row[birth]);
      // Instants of one form, and seconds, both compare as they are.
      const steps = times.filter((time, index) => index > 0 && before(time, times[index - 1]));
      expect(operation.id, 'records before an older one', 0, steps.length);
    }
  },
} satisfies GemPromise;

function before(time: unknown, other: unknown): boolean {
  if (typeof time === 'number' && typeof other === 'number') return time < other;
  return Date.parse(String(time)) < Date.parse(String(other));
}
