import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a question of an interview kit is sent as name and as question, with the same text',
  evidence: evidence('D', 'a client types the one, a data vendor has the other (facts §3.5, §12)'),
  group: 'records',
  async check(gem, { expect, unseen }) {
    unseen('no interview kit has a question');
    const kinds = gem.records('listJobStages').flatMap(({ interviews }) => interviews);
    const questions = kinds.flatMap(({ interview_kit: kit }) => kit.questions);
    const others = questions.filter(({ name, question }) => name !== question);
    if (questions.length > 0) expect('listJobStages', 'questions with two texts', 0, others.length);
  },
} satisfies GemPromise;
