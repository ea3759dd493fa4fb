// Promises about refused writes, by name.
import { writesWithBody } from '../writes.ts';
import { isNode } from '../../../drift/document.ts';
import { errorOf, expectEnvelope } from '../refusal-checks.ts';
import { evidence, type GemPromises } from '../promise.ts';
import { oneOfWords, literal } from '../../../drift/shape.ts';

export default {
  'missing-body-fields-are-named': {
    statement:
      'each field that a body has to have and lacks is named, with "Missing data for required field."',
    evidence: evidence('C', 'framework sources (gem-ats-api §1.9)'),
    writes: true,
    async check(gem, { expect }) {
      const text = 'Missing data for required field.';
      for (const { operation, path, required, placeOf } of writesWithBody(await gem.people.another())) {
        if (required.length === 0) continue;
        const answer = await gem.call(operation.id, { path, body: {} });
        if (!expect(operation.id, 'status', 422, answer.status)) continue;
        for (const field of required) {
          const got = oneOfWords(errorOf(answer, ['json', field]), [text]);
          expect(operation.id, `errors.json.${field}`, literal(text), got, placeOf(field));
        }
      }
    },
  },

  'move-stays-within-the-job': {
    statement: 'an application cannot be moved to a stage of another job',
    evidence: evidence('C', 'Harvest (gem-ats-api §5.5)'),
    writes: true,
    async check(gem, { expect, skip }) {
      const [, other] = await gem.people.jobs();
      if (!other) return skip('there is one open job with two stages at most');
      const { applicationId } = await gem.people.one();
      const body = { user_id: gem.people.userId(), to_stage_id: other.stageIds[0] };
      const { status } = await gem.call('moveApplication', { path: { application_id: applicationId }, body });
      expect('moveApplication', 'refused with 400 or 422', true, status === 400 || status === 422);
    },
  },

  'second-application-to-a-job-is-refused': {
    statement:
      'a person who has an active application to a job gets no second one: 400 with errors.duplicate_candidate',
    evidence: evidence('D', 'the CRM does so for LinkedIn handles (gem-ats-api §14 #4)'),
    writes: true,
    async check(gem, notes) {
      const { email, candidateId } = await gem.people.one();
      const { answer } = await gem.people.create({ ...(await gem.people.body()), email });
      const { body } = answer;
      expectEnvelope(notes, 'createCandidate', answer, 400);
      const errors = isNode(body) && isNode(body['errors']) ? body['errors'] : {};
      const duplicate = errors['duplicate_candidate'];
      const isNamed = isNode(duplicate) && duplicate['id'] === candidateId;
      notes.expect('createCandidate', 'errors.duplicate_candidate names the person', true, isNamed);
    },
  },

  'stale-stage-is-refused': {
    statement: 'a move or an advance from a stage in which the application no longer is, is refused',
    evidence: evidence('C', 'Harvest (gem-ats-api §5.5, §14 #1)'),
    writes: true,
    async check(gem, { expect }) {
      const { applicationId, stageIds } = await gem.people.another();
      const [first, second] = stageIds;
      const stale = { user_id: gem.people.userId(), from_stage_id: second };
      const path = { application_id: applicationId };
      for (const [operation, body] of [
        ['moveApplication', { ...stale, to_stage_id: first }],
        ['advanceApplication', stale],
      ] as const) {
        const { status } = await gem.call(operation, { path, body });
        expect(operation, 'refused with 400 or 422', true, status === 400 || status === 422);
      }
    },
  },

  'texts-of-body-errors': {
    statement: 'what is wrong with a field of a body is said in the words of the framework, with 422',
    evidence: evidence('C', "framework sources; lengths from Gem's CRM reference (gem-ats-api §1.9, §5.1)"),
    writes: true,
    async check(gem, { expect }) {
      for (const [field, value, text] of wrong) {
        const body = { ...(await gem.people.body()), [field]: value };
        const { answer } = await gem.people.create(body);
        const about = `createCandidate with ${field}`;
        expect(about, 'status', 422, answer.status);
        expect(about, 'text', literal(text), oneOfWords(errorOf(answer, ['json', field]), [text]));
      }
    },
  },

  'unknown-body-fields-are-refused': {
    statement: 'a field of a body that a call does not know is refused with 422 and "Unknown field."',
    evidence: evidence('C', 'framework default (gem-ats-api §1.6, §14 #11)'),
    writes: true,
    async check(gem, notes) {
      const text = 'Unknown field.';
      for (const { operation, path } of writesWithBody(await gem.people.another())) {
        if (operation.id === 'updateCurrentOffer') continue;
        const answer = await gem.call(operation.id, { path, body: { mock_gem_unknown: '1' } });
        const field = ['json', 'mock_gem_unknown'];
        expectEnvelope(notes, operation.id, answer, 422, field);
        notes.expect(operation.id, 'text', literal(text), oneOfWords(errorOf(answer, field), [text]));
      }
    },
  },
} satisfies GemPromises;

const wrong = [
  ['first_name', null, 'Field may not be null.'],
  ['first_name', 1, 'Not a valid string.'],
  ['first_name', 'x'.repeat(256), 'Length must be between 1 and 255.'],
  ['title', 'x'.repeat(256), 'Longer than maximum length 255.'],
  ['email', 'nobody', 'Not a valid email address.'],
] as const;
