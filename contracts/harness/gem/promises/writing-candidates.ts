// Promises about writing candidates, by name.
import type { GemSchemas } from '../../../gem.ts';
import { expectGone } from '../deleted-records.ts';
import { isNode } from '../../../drift/document.ts';
import { rowsOf } from '../lists.ts';
import { expectEnvelope } from '../refusal-checks.ts';
import { evidence, type GemPromises } from '../promise.ts';
import { oneOfWords, literal } from '../../../drift/shape.ts';
import { write } from '../writes.ts';

export default {
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
    async check(gem, notes) {
      const { expect } = notes;
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
      await expectGone(gem, notes, {
        id: created.id,
        item: ['getCrmCandidate', { path }],
        lists: [
          ['listCrmCandidates', { query: { created_after: created.created_at } }],
          ['listCrmCandidates', { query: { email } }],
        ],
      });
    },
  },

  'delete-a-candidate': {
    statement: 'a deleted candidate is 404 by id, and with include_deleted a record that carries deleted_at',
    evidence: evidence('C', "Harvest; the CRM's call is documented (gem-ats-api §2.1 #5, §14 #8)"),
    writes: true,
    async check(gem, notes) {
      const { candidateId, email, applicationId, candidate } = await gem.people.another();
      const path = { candidate_id: candidateId };
      await write(gem, 'deleteCandidate', 204, { path });
      expectEnvelope(notes, 'getCandidate', await gem.call('getCandidate', { path }), 404);
      const since = { created_after: candidate.created_at };
      await expectGone(gem, notes, {
        id: candidateId,
        item: ['getCandidate', { path }],
        lists: [
          ['listCandidates', { query: { email } }],
          ['listCandidates', { query: since }],
          ['listCandidates', {}],
        ],
      });
      await expectGone(gem, notes, {
        id: applicationId,
        item: ['getApplication', { path: { application_id: applicationId } }],
        lists: [['listApplications', { query: since }]],
      });
      for (const query of [since, {}]) {
        const all = await gem.call('listCandidates', {
          query: { ...query, include_deleted: 'true', per_page: 500 },
        });
        const found = rowsOf('listCandidates', all).find(({ id }) => id === candidateId);
        if (query === since)
          notes.expect(
            'listCandidates with include_deleted',
            'deleted_at',
            true,
            typeof found?.['deleted_at'] === 'string',
          );
      }
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
