import type { ItemOf } from '../../harness/lists.ts';
import { postsOf } from '../cases/postings.ts';
import { showsWrong, wrapConnector } from '../support/mutants.ts';
import { readingRule, type Check, type Mutant } from '../../harness/rule.ts';
import { same } from '../support/compare.ts';

export default readingRule({
  statement: 'each posting stands once, with the job that it is of; a deleted one stands nowhere',
  evidence: { grade: 'documented', source: 'kombo-unified-api §2.1, §2.2, §5.3' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.job_postings'],
  about: ['jobs.job_postings', 'job-postings.job_id', 'job-postings.id'],
  cases: postsOf(
    [
      { as: 'post-live' },
      // The newest one, from which the text of the job comes.
      { as: 'post-internal', internal: true, external: false, created_at: '2024-03-01T08:00:00Z' },
      { as: 'post-draft', live: false },
      { as: 'post-deleted', deleted_at: '2024-04-01T08:00:00Z' },
      { as: 'post-of-other', job_id: 'job-2', live: false },
    ],
    [
      { do: 'delete', resource: 'job_posts', record: 'post-internal' },
      { do: 'create', resource: 'job_posts', as: 'post-new', set: { job_id: 'backend', title: 'New Post' } },
    ],
  ),
  judge({ gem, unified, all }) {
    const shown = unified.job_postings.map(({ remote_id }) => remote_id);
    const ofJob = all.job_posts.filter(({ job_id }) => job_id === gem.id);
    const ids = new Set([...shown, ...ofJob.map(({ id }) => id)]);
    const distinct = new Set(unified.job_postings.map(({ id }) => id)).size;
    const ofIds = same('the number of different ids', distinct, new Set(shown).size);
    return [...ids]
      .flatMap((id): Check[] => {
        const post = ofJob.find((one) => one.id === id);
        const got = shown.filter((one) => one === id).length;
        // An inactive post without a time of deletion may be deleted or not (gem-ats-api §9).
        if (post && !post.active && post.deleted_at === null && got === 0) return [];
        const expected = post && post.deleted_at === null ? 1 : 0;
        return same(`how often the posting ${id} stands there`, got, expected);
      })
      .concat(shown.length === 0 ? [] : ofIds);
  },
  mutants: [
    showsWrong('published postings only', 'jobs', (job) => ({
      ...job,
      job_postings: job.job_postings.filter(({ status }) => status === 'ACTIVE'),
    })),
    showsWrong('first posting only', 'jobs', (job) => ({
      ...job,
      job_postings: job.job_postings.slice(0, 1),
    })),
    keepsDeleted(),
    hidesReturned(),
  ],
});

/** A connector that never shows a posting again that was gone once. */
function hidesReturned(): Mutant {
  return {
    name: 'what came back stays hidden',
    onlyShows: true,
    break(connector) {
      const [seen, gone] = [new Map<string, Set<string>>(), new Set<string>()];
      return wrapConnector(connector, {
        async list(account, list, query) {
          const items = await connector.list(account, list, query);
          return items.map((item) => {
            if (!('job_postings' in item)) return item;
            const there = new Set(item.job_postings.map(({ id }) => id));
            for (const id of seen.get(item.id) ?? []) if (!there.has(id)) gone.add(id);
            seen.set(item.id, new Set([...(seen.get(item.id) ?? []), ...there]));
            const left = item.job_postings.filter(({ id }) => !gone.has(id));
            return Object.assign(structuredClone(item), { job_postings: left });
          });
        },
      });
    },
  };
}

/** A connector that keeps showing postings that are gone. */
function keepsDeleted(): Mutant {
  return {
    name: 'deleted postings kept',
    onlyShows: true,
    break(connector) {
      const seen = new Map<string, Map<string, ItemOf['jobs']['job_postings'][number]>>();
      return wrapConnector(connector, {
        async list(account, list, query) {
          const items = await connector.list(account, list, query);
          return items.map((item) => {
            if (!('job_postings' in item)) return item;
            const known =
              seen.get(item.id) ?? new Map(item.job_postings.map((one) => [one.id, one] as const));
            for (const posting of item.job_postings) known.set(posting.id, posting);
            seen.set(item.id, known);
            return Object.assign(structuredClone(item), { job_postings: [...known.values()] });
          });
        },
      });
    },
  };
}
