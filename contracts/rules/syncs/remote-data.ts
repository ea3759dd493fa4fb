import { isDeepStrictEqual } from 'node:util';
import { busyAccount } from '../cases/accounts.ts';
import { eachList, isDeleted } from '../support/lists.ts';
import { showsWrong } from '../support/mutants.ts';
import { right, type Rule, type Verdict } from '../../harness/rule.ts';

const rule: Rule = {
  statement:
    "`remote_data`, where it is switched on, holds Gem's own record as it came, under the path it came from",
  evidence: { grade: 'documented', source: 'kombo-unified-api §5.5; which form of the path is assumed' },
  concerns: 'reading',
  needs: [],
  about: ['*.remote_data'],
  wants: 'an item of a record at Gem with `remote_data`',
  cases: busyAccount,
  isOfForms: true,
  holds: ({ last }) =>
    eachList(last).flatMap(({ list, records, items }) =>
      records
        .filter((record) => !isDeleted(record))
        .flatMap((record): Verdict[] => {
          const item = items.find(({ remote_id }) => remote_id === record.id);
          // Not every item type has this field.
          const { remote_data: data = null } = (item ?? {}) as {
            remote_data?: Record<string, unknown> | null;
          };
          if (data === null) return [];
          if (
            Object.values(data).some((value) => isDeepStrictEqual(withoutLinks(value), withoutLinks(record)))
          )
            return [right];
          return [
            { about: `${list} ${record.id}`, what: 'remote_data', expected: { '/…': record }, got: data },
          ];
        }),
    ),
  mutants: [
    showsWrong('half of the record', 'users', (item) =>
      Object.assign(item, { remote_data: { '/users/': { id: item.remote_id } } }),
    ),
  ],
};

export default rule;

/** A record without the links to its files: they expire, and they work without a key. */
function withoutLinks(record: unknown): unknown {
  if (typeof record !== 'object' || record === null || !('attachments' in record)) return record;
  const { attachments } = record;
  if (!Array.isArray(attachments)) return record;
  return {
    ...record,
    attachments: attachments.map((file: object) => Object.assign({}, file, { url: undefined })),
  };
}
