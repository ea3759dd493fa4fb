import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a résumé is a .pdf, .doc or .docx file; any other is refused with 422',
  evidence: evidence('A', "Gem's CRM reference; the status by framework default (facts §5.4, §9)"),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    const path = { candidate_id: (await gem.people.another()).candidateId, user_id: gem.people.userId() };
    for (const [name, status] of [
      ['a.pdf', 201],
      ['a.doc', 201],
      ['a.docx', 201],
      ['a.txt', 422],
      ['a.png', 422],
    ] as const) {
      const body = new FormData();
      body.append('resume_file', new Blob(['verification']), name);
      expect(
        'uploadResume',
        `status for ${name.slice(1)}`,
        status,
        (await gem.call('uploadResume', { path, body })).status,
      );
    }
  },
} satisfies GemPromise;
