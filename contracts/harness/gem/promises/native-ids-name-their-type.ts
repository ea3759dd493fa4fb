import { evidence, type GemPromise } from '../promise.ts';

/** The type that stands before the colon of a decoded id. */
const types: readonly [string, string][] = [
  ['listJobs', 'job'],
  ['listJobPosts', 'jobpost'],
  ['listOffices', 'loc'],
];

export default {
  statement:
    'the id of a job, a post or an office is unpadded base64 of its type and 16 bytes, or an imported number',
  evidence: evidence('B', 'decoded from recorded answers (facts §1.7)'),
  group: 'records',
  async check(gem, { expect }) {
    for (const [list, type] of types) {
      const { rows } = gem.list(list);
      const others = rows.filter(({ id }) => !/^\d+$/.test(String(id)) && !isNative(String(id), type));
      if (rows.length > 0) expect(list, 'ids of another form', 0, others.length);
    }
  },
} satisfies GemPromise;

function isNative(id: string, type: string): boolean {
  const bytes = Buffer.from(id, 'base64url');
  const prefix = `${type}:`;
  return (
    bytes.toString('base64url') === id &&
    bytes.subarray(0, prefix.length).toString() === prefix &&
    bytes.length === prefix.length + 16
  );
}
