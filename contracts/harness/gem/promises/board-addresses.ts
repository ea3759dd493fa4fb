import { evidence, type GemPromise } from '../promise.ts';
import { nameless } from '../shown.ts';

export default {
  statement: 'the address of a post is jobs.gem.com, the word of its board, and its id',
  evidence: evidence('B', 'recorded answers (facts §6)'),
  group: 'job board',
  async check(gem, { expect, unseen }) {
    unseen('the board shows no post');
    const vanity = gem.vanity();
    for (const { id, absolute_url: address } of gem.records('listBoardJobPosts')) {
      expect(`post ${nameless(id)}`, 'address', true, address === `https://jobs.gem.com/${vanity}/${id}`);
    }
  },
} satisfies GemPromise;
