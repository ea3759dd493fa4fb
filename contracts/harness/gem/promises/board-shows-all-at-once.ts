import { alike } from '../alike.ts';
import { agrees, same } from '../outcome.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a job board shows all of its posts in one answer and knows no pages',
  evidence: evidence('A', "Gem's Job Board description (facts §6)"),
  group: 'job board',
  async check(gem, { expect }) {
    gem.vanity();
    const list = gem.list('listBoardJobPosts');
    const page = await list.ask({ page: 2, per_page: 1 });
    const isAlike = await alike(page, list.ask, () => gem.call('listBoardJobPosts', { path: list.path }));
    expect('listBoardJobPosts', 'body of a page', same, agrees(isAlike));
  },
} satisfies GemPromise;
