import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { oneOfWords, ours } from '../shown.ts';
import { write } from '../writing.ts';

export default {
  statement: 'every file that is written to the ATS is kept as a résumé, whatever type was said',
  evidence: evidence('D', 'the connector page says so; the calls are from Harvest (facts §9, §14 #5)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    const { candidateId, applicationId } = await gem.people.another();
    const content = Buffer.from('%PDF-1.4 verification').toString('base64');
    const body = {
      user_id: gem.people.userId(),
      filename: 'verification.pdf',
      type: 'cover_letter',
      content,
    };
    for (const [operation, path] of [
      ['addCandidateAttachment', { candidate_id: candidateId }],
      ['addApplicationAttachment', { application_id: applicationId }],
    ] as const) {
      const file = await write<GemSchemas['File']>(gem, operation, 201, { path, body });
      expect(operation, 'type', ours('resume'), oneOfWords(file.type, ['resume', 'cover_letter']));
    }
  },
} satisfies GemPromise;
