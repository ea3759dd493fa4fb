import { shape, ours } from '../shown.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'the posts of a job board are a bare list that anybody may read without a key',
  evidence: evidence('A', "Gem's Job Board description (facts §6)"),
  group: 'job board',
  async check(gem, { expect }) {
    const { status, body } = await gem.call('listBoardJobPosts', {
      path: { vanity_url_path: gem.vanity() },
      headers: { 'X-API-Key': undefined, 'X-Application-Secret': undefined },
    });
    if (expect('listBoardJobPosts', 'status', 200, status)) {
      expect('listBoardJobPosts', 'body', ours('list'), Array.isArray(body) ? ours('list') : shape(body));
    }
  },
} satisfies GemPromise;
