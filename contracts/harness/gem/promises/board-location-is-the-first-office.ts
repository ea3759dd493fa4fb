import { evidence, type GemPromise } from '../promise.ts';
import { nameless } from '../shown.ts';

export default {
  statement: "the location of a post on a job board is that of the post's first office",
  evidence: evidence('B', 'recorded answers (facts §6)'),
  group: 'job board',
  async check(gem, { expect, unseen }) {
    gem.vanity();
    unseen('no post of the board has an office');
    for (const { id, location, offices } of gem.records('listBoardJobPosts')) {
      const [first] = offices;
      if (!first || !location) continue;
      expect(`post ${nameless(id)}`, 'the same place', true, location.name === first.location.name);
    }
  },
} satisfies GemPromise;
