import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { oneOfWords, ours } from '../shown.ts';
import { write } from '../writing.ts';

export default {
  statement:
    'an uploaded résumé shows among the résumés of the CRM, and in the ATS as an attachment of type resume',
  evidence: evidence('A', "Gem's CRM reference; the attachment as the connector page says (facts §5.4, §9)"),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    const { candidateId: candidate_id } = await gem.people.another();
    const user_id = gem.people.userId();
    const body = new FormData();
    body.append(
      'resume_file',
      new Blob(['%PDF-1.4 verification'], { type: 'application/pdf' }),
      'verification.pdf',
    );
    const path = { candidate_id, user_id };
    const stored = await write<GemSchemas['UploadedResume']>(gem, 'uploadResume', 201, { path, body });
    expect('uploadResume', 'the candidate', true, stored.candidate_id === candidate_id);
    expect('uploadResume', 'the uploader', true, stored.user_id === user_id);
    const listed = await write<GemSchemas['UploadedResume'][]>(gem, 'listUploadedResumes', 200, { path });
    expect(
      'listUploadedResumes',
      'the résumé',
      true,
      listed.some(({ id }) => id === stored.id),
    );
    const candidate = await write<GemSchemas['Candidate']>(gem, 'getCandidate', 200, { path });
    expect('getCandidate', 'attachments', 1, candidate.attachments.length);
    expect(
      'getCandidate',
      'type',
      ours('resume'),
      oneOfWords(candidate.attachments[0]?.type, ['resume', 'other', 'cover_letter']),
    );
  },
} satisfies GemPromise;
