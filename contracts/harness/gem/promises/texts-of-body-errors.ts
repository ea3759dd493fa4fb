import { complaintOf } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { oneOfWords, ours } from '../shown.ts';

const wrong = [
  ['first_name', null, 'Field may not be null.'],
  ['first_name', 1, 'Not a valid string.'],
  ['first_name', 'x'.repeat(256), 'Length must be between 1 and 255.'],
  ['title', 'x'.repeat(256), 'Longer than maximum length 255.'],
  ['email', 'nobody', 'Not a valid email address.'],
] as const;

export default {
  statement: 'what is wrong with a field of a body is said in the words of the framework, with 422',
  evidence: evidence('C', "framework sources; lengths from Gem's CRM reference (facts §1.9, §5.1)"),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    for (const [field, value, text] of wrong) {
      const body = { ...(await gem.people.body()), [field]: value };
      const { answer } = await gem.people.create(body);
      const about = `createCandidate with ${field}`;
      expect(about, 'status', 422, answer.status);
      expect(about, 'text', ours(text), oneOfWords(complaintOf(answer, ['json', field]), [text]));
    }
  },
} satisfies GemPromise;
