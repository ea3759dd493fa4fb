// Promises about what was deleted, by name.
import { deletedByTheirId, singles } from '../deleted-records.ts';
import { expectEnvelope } from '../refusal-checks.ts';
import { evidence, type GemPromises } from '../promise.ts';

export default {
  'deleted-item-on-request': {
    statement: 'a deleted record is 404 by its id, unless include_deleted is asked for',
    evidence: evidence('D', 'mirrors the lists (gem-ats-api §14 #8)'),
    place: '/components/parameters/IncludeDeletedRecord',
    async check(gem, notes) {
      notes.skip('no list shows a deleted record');
      for (const [listId, operation, parameter] of singles) {
        const { read, pageSize } = gem.list(listId);
        const all = await read({ include_deleted: 'true', [pageSize.name]: pageSize.max });
        const deleted = all.find((row) => typeof row['deleted_at'] === 'string');
        if (!deleted) {
          notes.unseen(operation, 'no deleted record was seen');
          continue;
        }
        const path = { [parameter]: String(deleted['id']) };
        expectEnvelope(notes, operation, await gem.call(operation, { path }), 404);
        const { status } = await gem.call(operation, { path, query: { include_deleted: 'true' } });
        notes.expect(operation, 'status with include_deleted', 200, status);
      }
    },
  },

  'deleted-records-are-left-out': {
    statement: 'a list shows no deleted records unless it is asked for them',
    evidence: evidence('B', 'the parameter and its default are typed by a client (gem-ats-api §1.6)'),
    async check(gem, { expect }) {
      for (const { operation, rows } of gem.lists({ takes: 'include_deleted' })) {
        const deleted = rows.filter((row) => typeof row['deleted_at'] === 'string');
        if (rows.length > 0) expect(operation.id, 'deleted records', 0, deleted.length);
      }
    },
  },

  'deleted-records-on-request': {
    statement: 'include_deleted adds the deleted records, each with the time of its deletion',
    evidence: evidence('B', 'a client reads tombstones by it (gem-ats-api §9)'),
    async check(gem, { expect, skip, unseen }) {
      skip('no list shows a deleted record');
      for (const { operation, rows, pageSize, read, placeOf } of gem.lists({ takes: 'include_deleted' })) {
        const all = await read({ include_deleted: 'true', [pageSize.name]: pageSize.max });
        const deleted = all.filter((row) => typeof row['deleted_at'] === 'string');
        if (all.length === pageSize.max) {
          unseen(operation.id, 'it is longer than a page');
          continue;
        }
        const living = rows.filter(({ id }) => !all.some((row) => row['id'] === id));
        expect(operation.id, 'living records that are missing', 0, living.length);
        const known = await deletedByTheirId(
          gem,
          operation.id,
          await read({ [pageSize.name]: pageSize.max }),
        );
        const missing = known.filter((id) => !deleted.some((row) => row['id'] === id));
        if (known.length > 0)
          expect(
            operation.id,
            'deleted records that are missing',
            0,
            missing.length,
            placeOf('include_deleted'),
          );
        if (deleted.length === 0) {
          if (known.length === 0) unseen(operation.id, 'no deleted record was seen');
          continue;
        }
        const without = await read({ include_deleted: 'false', [pageSize.name]: pageSize.max });
        expect(
          operation.id,
          'records with include_deleted=false',
          all.length - deleted.length,
          without.length,
          placeOf('include_deleted'),
        );
      }
    },
  },

  'posts-show-deleted-ones': {
    statement: 'job posts have no include_deleted: the list shows deleted posts too, which are not active',
    evidence: evidence('B', 'a client looks for deleted_at in the list as it is (gem-ats-api §9)'),
    place: '/components/schemas/JobPost/properties/active',
    async check(gem, { expect, skip }) {
      skip('no post is deleted');
      const deleted = gem.records('listJobPosts').filter(({ deleted_at: deletedAt }) => deletedAt !== null);
      const active = deleted.filter((post) => post.active);
      if (deleted.length > 0) expect('listJobPosts', 'deleted posts that are active', 0, active.length);
    },
  },
} satisfies GemPromises;
