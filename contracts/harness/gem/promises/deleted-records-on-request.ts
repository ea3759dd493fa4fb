import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'include_deleted adds the deleted records, each with the time of its deletion',
  evidence: evidence('B', 'a client reads tombstones by it (facts §9)'),
  group: 'filters',
  async check(gem, { expect, unseen }) {
    unseen('no list shows a deleted record');
    for (const { operation, rows, size, read, placeOf } of gem.lists({ takes: 'include_deleted' })) {
      const all = await read({ include_deleted: 'true', [size.name]: size.most });
      const deleted = all.filter((row) => typeof row['deleted_at'] === 'string');
      if (all.length === size.most) continue;
      const [living] = [rows.filter(({ id }) => !all.some((row) => row['id'] === id))];
      expect(operation.id, 'living records that are missing', 0, living.length);
      if (deleted.length === 0) continue;
      const without = await read({ include_deleted: 'false', [size.name]: size.most });
      expect(
        operation.id,
        'records with include_deleted=false',
        all.length - deleted.length,
        without.length,
        placeOf('include_deleted'),
      );
    }
  },
} satisfies GemPromise;
