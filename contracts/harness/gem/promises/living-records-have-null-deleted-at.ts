import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'jobs, users, posts and kinds of interviews that live have deleted_at null',
  evidence: evidence('B', 'typed by a client as nullable (facts §1.8, §12)'),
  group: 'records',
  async check(gem, { expect }) {
    for (const list of ['listJobs', 'listUsers', 'listJobPosts'] as const) {
      const wrong = gem.records(list).filter((row) => !('deleted_at' in row));
      if (gem.records(list).length > 0) expect(list, 'records without it', 0, wrong.length);
    }
    const kinds = gem.records('listJobStages').flatMap(({ interviews }) => interviews);
    const wrong = kinds.filter((kind) => !('deleted_at' in kind));
    if (kinds.length > 0) expect('listJobStages', 'kinds of interviews without it', 0, wrong.length);
  },
} satisfies GemPromise;
