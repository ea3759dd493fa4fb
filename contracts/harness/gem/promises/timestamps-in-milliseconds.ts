import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'the ATS and the job board send instants in UTC, with milliseconds and a Z',
  evidence: evidence('B', 'recorded answers of job boards (facts §1.8)'),
  group: 'transport',
  async check(gem, { expect }) {
    for (const { operation, api, rows } of gem.lists()) {
      const instants = api === 'crm' ? [] : rows.flatMap((row) => instantsIn(row));
      if (instants.length === 0) continue;
      const others = instants.filter((text) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text));
      expect(operation.id, 'instants in another form', 0, others.length);
    }
  },
} satisfies GemPromise;

/** Texts of people and fields of the team are left out: what they hold is theirs. */
function instantsIn(value: unknown, key = ''): string[] {
  if (key === 'custom_fields' || key === 'keyed_custom_fields') return [];
  if (typeof value === 'string') {
    return /(_at|_activity|date_time)$/.test(key) && value.includes('T') ? [value] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    instantsIn(inner, Array.isArray(value) ? key : name),
  );
}
