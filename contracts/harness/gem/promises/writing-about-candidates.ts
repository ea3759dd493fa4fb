// What holds at Gem: what writes about candidates, their notes and files bring about. Each behaviour stands under its name.
import type { GemSchemas } from '../../../gem.ts';
import { isNode } from '../document.ts';
import { expectEnvelope } from '../refusal-checks.ts';
import { evidence, type GemPromises } from '../promise.ts';
import { oneOfWords, literal } from '../shape.ts';
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

  'change-a-candidate': {
    statement:
      'only the fields of a candidate that are sent change, a list takes the place of the old one, and an empty one clears it',
    evidence: evidence('C', 'Harvest (gem-ats-api §2.1 #4, §10)'),
    writes: true,
    async check(gem, { expect }) {
      const { candidateId, candidate, email } = await gem.people.another();
      const path = { candidate_id: candidateId };
      const change = (body: object) =>
        write<GemSchemas['Candidate']>(gem, 'updateCandidate', 200, { path, body });
      const addresses = [{ value: email, type: 'work' }, { value: `other-${email}` }];
      const changed = await change({ title: 'Verification', email_addresses: addresses });
      expect('updateCandidate', 'title', true, changed.title === 'Verification');
      expect('updateCandidate', 'first_name as before', true, changed.first_name === candidate.first_name);
      expect('updateCandidate', 'addresses', 2, changed.email_addresses.length);
      const others = changed.email_addresses.filter(({ type }) => type !== 'personal');
      expect('updateCandidate', 'addresses that are not personal', 0, others.length);
      expect(
        'updateCandidate',
        'addresses after an empty list',
        0,
        (await change({ email_addresses: [] })).email_addresses.length,
      );
    },
  },

  'create-candidate': {
    statement: 'creating a candidate answers with the candidate and one active application to the job',
    evidence: evidence('C', 'Harvest and framework default (gem-ats-api §5.1)'),
    writes: true,
    async check(gem, { expect, remark }) {
      const body = await gem.people.body();
      const { answer, candidate } = await gem.people.create(body);
      if (!expect('createCandidate', 'status', 201, answer.status) || !candidate) return;
      const [application] = candidate.applications;
      expect('createCandidate', 'applications', 1, candidate.applications.length);
      expect('createCandidate', 'the job', true, application?.jobs[0]?.id === body.job_id);
      expect('createCandidate', 'an active application', true, application?.status === 'active');
      expect(
        'createCandidate',
        'the candidate of the application',
        true,
        application?.candidate_id === candidate.id,
      );
      remark('the made-up candidate is deleted in the end');
    },
  },

  'created-candidate-is-found': {
    statement:
      'a created candidate is found at once by id, by e-mail address, and by what was changed lately',
    evidence: evidence('C', 'Harvest warns that it may take a while (gem-ats-api §10)'),
    writes: true,
    async check(gem, { expect }) {
      const { candidateId, email, candidate } = await gem.people.one();
      const { status } = await gem.call('getCandidate', { path: { candidate_id: candidateId } });
      expect('getCandidate', 'status', 200, status);
      const list = gem.list('listCandidates');
      const byAddress = await list.read({ email });
      expect('listCandidates by email', 'records', 1, byAddress.length);
      const changed = await list.read({ updated_after: candidate.created_at, email });
      expect('listCandidates by updated_after', 'records', 1, changed.length);
    },
  },

  'crm-candidates': {
    statement:
      'a person is created in the CRM without an application, changed field by field, and deleted in the name of a user',
    evidence: evidence('A', "Gem's CRM reference (gem-ats-api §7)"),
    writes: true,
    async check(gem, { expect }) {
      const userId = gem.people.userId();
      const { email } = await gem.people.body();
      const body = {
        created_by: userId,
        first_name: 'Verification',
        last_name: 'Mock-Gem',
        emails: [{ email_address: email }],
      };
      const created = await write<GemSchemas['CrmCandidate']>(gem, 'createCrmCandidate', 201, { body });
      gem.people.remember(created.id);
      expect('createCrmCandidate', 'created_by', true, created.created_by === userId);
      const path = { candidate_id: created.id };
      const changed = await write<GemSchemas['CrmCandidate']>(gem, 'updateCrmCandidate', 200, {
        path,
        body: { title: 'Verification' },
      });
      expect('updateCrmCandidate', 'title', true, changed.title === 'Verification');
      expect('updateCrmCandidate', 'first_name as before', true, changed.first_name === 'Verification');
      await write(gem, 'deleteCrmCandidate', 204, { path, body: { on_behalf_of_user_id: userId } });
      expect('getCrmCandidate', 'status', 404, (await gem.call('getCrmCandidate', { path })).status);
    },
  },

  'crm-notes': {
    statement: 'a note of the CRM is public unless it is said otherwise, can be read by its id, and deleted',
    evidence: evidence('A', "Gem's CRM reference (gem-ats-api §7)"),
    writes: true,
    async check(gem, { expect }) {
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
      expect('getNote when deleted', 'status', 404, (await gem.call('getNote', { path })).status);
    },
  },

  'delete-a-candidate': {
    statement: 'a deleted candidate is 404 by id, and with include_deleted a record that carries deleted_at',
    evidence: evidence('C', "Harvest; the CRM's call is documented (gem-ats-api §2.1 #5, §14 #8)"),
    writes: true,
    async check(gem, notes) {
      const { candidateId, email } = await gem.people.another();
      const path = { candidate_id: candidateId };
      await write(gem, 'deleteCandidate', 204, { path });
      expectEnvelope(notes, 'getCandidate', await gem.call('getCandidate', { path }), 404);
      const living = await gem.list('listCandidates').read({ email });
      notes.expect('listCandidates', 'records', 0, living.length);
      const query = { include_deleted: 'true' };
      const tombstone = await write<GemSchemas['Candidate']>(gem, 'getCandidate', 200, { path, query });
      notes.expect(
        'getCandidate with include_deleted',
        'deleted_at',
        true,
        typeof tombstone.deleted_at === 'string',
      );
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

  'known-address-is-the-same-person': {
    statement:
      'who is created with a known e-mail address is the person who has it, with one more application',
    evidence: evidence('D', "Gem's own app does so; nothing is known of the API (gem-ats-api §14 #4)"),
    writes: true,
    async check(gem, { expect, skip }) {
      const [, other] = await gem.people.jobs();
      if (!other) return skip('there is one open job with two stages at most');
      const { email, candidateId } = await gem.people.another();
      const { candidate } = await gem.people.another({ email: email.toUpperCase(), job_id: other.id });
      expect('createCandidate', 'the same person', true, candidate.id === candidateId);
      expect('createCandidate', 'applications', 2, candidate.applications.length);
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

  'linkedin-handle-is-taken-once': {
    statement:
      'a LinkedIn handle that somebody has already is refused in the CRM with 400 and errors.duplicate_candidate',
    evidence: evidence('A', "Gem's CRM reference (gem-ats-api §1.9)"),
    writes: true,
    async check(gem, notes) {
      const { email } = await gem.people.body();
      const body = { created_by: gem.people.userId(), linked_in_handle: email.split('@')[0] };
      const created = await write<GemSchemas['CrmCandidate']>(gem, 'createCrmCandidate', 201, { body });
      gem.people.remember(created.id);
      const answer = await gem.call('createCrmCandidate', { body });
      expectEnvelope(notes, 'createCrmCandidate', answer, 400);
      const errors = isNode(answer.body) && isNode(answer.body['errors']) ? answer.body['errors'] : {};
      const duplicate = errors['duplicate_candidate'];
      notes.expect(
        'createCrmCandidate',
        'the person is named',
        true,
        isNode(duplicate) && duplicate['id'] === created.id,
      );
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

  'written-addresses-are-personal': {
    statement: 'the e-mail address of a created candidate is personal and primary',
    evidence: evidence(
      'D',
      'only personal addresses can be written, says the connector page (gem-ats-api §9)',
    ),
    writes: true,
    async check(gem, { expect }) {
      const { candidate, email } = await gem.people.one();
      const [address] = candidate.email_addresses;
      expect('createCandidate', 'addresses', 1, candidate.email_addresses.length);
      expect(
        'createCandidate',
        'type',
        literal('personal'),
        oneOfWords(address?.type, ['personal', 'work', 'other']),
      );
      expect('createCandidate', 'is_primary', true, address?.is_primary === true);
      expect('createCandidate', 'the address itself', true, address?.value === email);
    },
  },
} satisfies GemPromises;
