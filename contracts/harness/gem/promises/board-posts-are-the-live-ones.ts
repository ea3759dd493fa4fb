import { evidence, type GemPromise } from '../promise.ts';
import { nameless } from '../shown.ts';

export default {
  statement:
    'a job board shows posts of the ATS that are live and active, under their own id and that of their job',
  evidence: evidence('B', 'recorded answers; live as documented (facts §1.7, §6)'),
  group: 'job board',
  async check(gem, { expect, unseen }) {
    gem.vanity();
    unseen('the board shows no post');
    const { read, size } = gem.list('listJobPosts');
    const all = await read({ [size.name]: size.most });
    for (const post of gem.records('listBoardJobPosts')) {
      const own = all.find(({ id }) => id === post.id);
      if (!own && all.length === size.most) continue;
      const about = `post ${nameless(post.id)}`;
      expect(about, 'live and active in the ATS', true, own?.['live'] === true && own['active'] === true);
      expect(about, 'internal_job_id is the job', true, own?.['job_id'] === post.internal_job_id);
    }
  },
} satisfies GemPromise;
