import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a list shows no deleted records unless it is asked for them',
  evidence: evidence('B', 'the parameter and its default are typed by a client (facts §1.6)'),
  group: 'filters',
  async check(gem, { expect }) {
    for (const { operation, rows } of gem.lists({ takes: 'include_deleted' })) {
      const deleted = rows.filter((row) => typeof row['deleted_at'] === 'string');
      if (rows.length > 0) expect(operation.id, 'deleted records', 0, deleted.length);
    }
  },
} satisfies GemPromise;
