import { complaintOf } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { oneOfWords, ours } from '../shown.ts';

const texts = [
  [
    'listJobs',
    { per_page: 0 },
    'per_page',
    'Must be greater than or equal to 1 and less than or equal to 500.',
  ],
  ['listJobs', { page: 'first' }, 'page', 'Not a valid integer.'],
  ['listJobs', { page: 0 }, 'page', 'Must be greater than or equal to 1.'],
  ['listJobs', { created_after: 'yesterday' }, 'created_after', 'Not a valid datetime.'],
  ['listJobs', { include_deleted: 'perhaps' }, 'include_deleted', 'Not a valid boolean.'],
] as const;

export default {
  statement: 'what is wrong with a query is said in the words of the framework',
  evidence: evidence('C', 'framework sources (facts §1.9)'),
  group: 'errors',
  async check(gem, { expect }) {
    for (const [list, query, parameter, text] of texts) {
      const answer = await gem.list(list).ask(query);
      expect(
        `${list} by ${parameter}`,
        'text',
        ours(text),
        oneOfWords(complaintOf(answer, ['query', parameter]), [text]),
      );
    }
  },
} satisfies GemPromise;
