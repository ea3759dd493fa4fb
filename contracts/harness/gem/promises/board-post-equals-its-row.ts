import { isDeepStrictEqual } from 'node:util';
import { agrees, same } from '../outcome.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a post of a job board that is asked for by its id is the same as in the list',
  evidence: evidence('B', 'recorded answers (facts §6)'),
  group: 'job board',
  async check(gem, { expect, unseen }) {
    const vanity = gem.vanity();
    unseen('the board shows no post');
    const [post] = gem.records('listBoardJobPosts');
    if (!post) return;
    const path = { vanity_url_path: vanity, job_post_id: post.id };
    const { status, body } = await gem.call('getBoardJobPost', { path });
    if (expect('getBoardJobPost', 'status', 200, status)) {
      expect('getBoardJobPost', 'the post', same, agrees(isDeepStrictEqual(body, post)));
    }
  },
} satisfies GemPromise;
