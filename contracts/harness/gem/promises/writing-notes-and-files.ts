// Promises about writing notes and files, by name.
import type { GemSchemas } from '../../../gem.ts';
import { expectGone } from '../deleted-records.ts';
import { expectEnvelope } from '../refusal-checks.ts';
import { evidence, type GemPromises } from '../promise.ts';
import { oneOfWords, literal } from '../../../drift/shape.ts';
import { write } from '../writes.ts';

export default {
  'attachments-become-resumes': {
    statement: 'every file that is written to the ATS is kept as a résumé, whatever type was said',
    evidence: evidence(
      'D',
      'the connector page says so; the calls are from Harvest (gem-ats-api §9, §14 #5)',
    ),
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
        const file = await write<GemSchemas['StoredFile']>(gem, operation, 201, { path, body });
        expect(operation, 'type', literal('resume'), oneOfWords(file.type, ['resume', 'cover_letter']));
      }
    },
  },

  'crm-notes': {
    statement: 'a note of the CRM is public unless it is said otherwise, can be read by its id, and deleted',
    evidence: evidence('A', "Gem's CRM reference (gem-ats-api §7)"),
    writes: true,
    async check(gem, notes) {
      const { expect } = notes;
      const { candidateId } = await gem.people.one();
      const body = {
        candidate_id: candidateId,
        user_id: gem.people.userId(),
        content: 'written by a verification',
      };
      const note = await write<GemSchemas['CrmNote']>(gem, 'createCrmNote', 201, { body });
      expect('createCrmNote', 'is_private', false, note.is_private);
      const path = { note_id: note.id };
      const read = await write<GemSchemas['CrmNote']>(gem, 'getNote', 200, { path });
      expect('getNote', 'the candidate', true, read.candidate_id === candidateId);
      await write(gem, 'deleteNote', 204, { path });
      const ofCandidate = { candidate_id: candidateId };
      await expectGone(gem, notes, {
        id: note.id,
        item: ['getNote', { path }],
        lists: [['listNotes', { path: ofCandidate }]],
      });
    },
  },

  'kinds-of-resumes': {
    statement: 'a résumé is a .pdf, .doc or .docx file; any other is refused with 422',
    evidence: evidence('A', "Gem's CRM reference; the status by framework default (gem-ats-api §5.4, §9)"),
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
  },

  'length-of-notes': {
    statement: 'a note has 10,000 characters at most; a longer one is refused with 422',
    evidence: evidence('B', 'limit typed by a client and documented for the CRM (gem-ats-api §5.2)'),
    writes: true,
    async check(gem, notes) {
      const path = { candidate_id: (await gem.people.one()).candidateId };
      const body = { user_id: gem.people.userId(), visibility: 'public' };
      const longest = await gem.call('createNote', { path, body: { ...body, body: 'x'.repeat(10_000) } });
      notes.expect('createNote', 'status with 10,000', 201, longest.status);
      const longer = await gem.call('createNote', { path, body: { ...body, body: 'x'.repeat(10_001) } });
      expectEnvelope(notes, 'createNote with 10,001', longer, 422, ['json', 'body']);
    },
  },

  'notes-show-in-the-feed': {
    statement:
      'a note is created in the name of a user, and shows in the activity feed and among the notes of the CRM',
    evidence: evidence(
      'B',
      'body and answer typed by a client; the feed from Harvest (gem-ats-api §3.11, §5.2)',
    ),
    writes: true,
    async check(gem, { expect }) {
      const path = { candidate_id: (await gem.people.another()).candidateId };
      for (const visibility of ['public', 'private'] as const) {
        const body = { user_id: gem.people.userId(), body: 'written by a verification', visibility };
        const note = await write<GemSchemas['Note']>(gem, 'createNote', 201, { path, body });
        expect('createNote', 'the author', true, note.user.id === body.user_id);
        expect('createNote', 'the text', true, note.body === body.body);
        expect('createNote', 'private', visibility === 'private', note.private);
        const feed = await write<GemSchemas['ActivityFeed']>(gem, 'getActivityFeed', 200, { path });
        expect(
          'getActivityFeed',
          'the note',
          true,
          feed.notes.some(({ id }) => id === note.id),
        );
      }
      const notes = await write<GemSchemas['CrmNote'][]>(gem, 'listNotes', 200, { path });
      expect('listNotes', 'notes', 2, notes.length);
    },
  },

  'size-of-resumes': {
    statement: 'a résumé of more than 10 MB is refused',
    evidence: evidence('A', "Gem's CRM reference (gem-ats-api §5.4)"),
    writes: true,
    async check(gem, { expect }) {
      const path = { candidate_id: (await gem.people.another()).candidateId, user_id: gem.people.userId() };
      const body = new FormData();
      body.append('resume_file', new Blob([Buffer.alloc(11 * 1024 * 1024)]), 'verification.pdf');
      const { status } = await gem.call('uploadResume', { path, body });
      expect('uploadResume', 'refused with 413 or 422', true, status === 413 || status === 422);
    },
  },

  'uploaded-resumes': {
    statement:
      'an uploaded résumé shows among the résumés of the CRM, and in the ATS as an attachment of type resume',
    evidence: evidence(
      'A',
      "Gem's CRM reference; the attachment as the connector page says (gem-ats-api §5.4, §9)",
    ),
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
        literal('resume'),
        oneOfWords(candidate.attachments[0]?.type, ['resume', 'other', 'cover_letter']),
      );
    },
  },
} satisfies GemPromises;
