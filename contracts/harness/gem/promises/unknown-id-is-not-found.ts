import { gemDescription } from '../../../gem.ts';
import { expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: "an id that leads nowhere is answered with 404 in the application's envelope",
  evidence: evidence(
    'C',
    "Gem's CRM reference lists the status; the form by framework default (facts §1.9, §14 #9)",
  ),
  group: 'errors',
  async check(gem, notes) {
    for (const { id, method, path, parameters } of gemDescription.operations.values()) {
      const names = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      const isItem = method === 'get' && names.length === 1 && path.endsWith('}') && path.includes('_id}');
      if (!isItem || path.startsWith('/job_board/')) continue;
      const answer = await gem.call(id, {
        path: Object.fromEntries(names.map((name) => [name, 'bm9ib2R5'])),
      });
      expectEnvelope(notes, id, answer, 404);
    }
  },
} satisfies GemPromise;
