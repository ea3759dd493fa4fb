import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a job board that does not exist is 404, and so is a post that it does not show',
  evidence: evidence('B', 'several crawlers treat it as normal (facts §6)'),
  group: 'job board',
  async check(gem, { expect }) {
    const board = await gem.call('listBoardJobPosts', {
      path: { vanity_url_path: 'mock-gem-no-such-board' },
    });
    expect('listBoardJobPosts', 'status', 404, board.status);
    const path = { vanity_url_path: gem.vanity(), job_post_id: 'bm9ib2R5' };
    expect('getBoardJobPost', 'status', 404, (await gem.call('getBoardJobPost', { path })).status);
  },
} satisfies GemPromise;
