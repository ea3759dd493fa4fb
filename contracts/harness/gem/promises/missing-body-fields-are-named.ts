import { writesWithBody } from '../bodies.ts';
import { complaintOf } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { oneOfWords, ours } from '../shown.ts';

export default {
  statement: 'each field that a body has to have and lacks is named, with "Missing data for required field."',
  evidence: evidence('C', 'framework sources (facts §1.9)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    const text = 'Missing data for required field.';
    for (const { operation, path, required, placeOf } of writesWithBody(await gem.people.another())) {
      if (required.length === 0) continue;
      const answer = await gem.call(operation.id, { path, body: {} });
      if (!expect(operation.id, 'status', 422, answer.status)) continue;
      for (const field of required) {
        const got = oneOfWords(complaintOf(answer, ['json', field]), [text]);
        expect(operation.id, `errors.json.${field}`, ours(text), got, placeOf(field));
      }
    }
  },
} satisfies GemPromise;
