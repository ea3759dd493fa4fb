// What a create call answers when Gem has written, whatever became of it here (kombo-unified-api §3.2).
import { expect, test } from 'vitest';
import {
  answerCreated,
  readCreatedApplication,
  readCreatedCandidate,
  unstoredApplication,
  unstoredCandidate,
} from '../../../connector/api/create-answers.ts';
import { fixedClock } from '../../../contracts/clock.ts';
import { createValidator } from '../../../contracts/validator.ts';
import { unifiedDescription } from '../../../contracts/unified.ts';
import { komboId } from '../../../connector/identifiers.ts';
import { useStore } from '../../support/connected.ts';
import { oneOfEach } from '../../support/gem-records.ts';
import { startStubGem } from '../../support/stub-gem.ts';

const { store, connect } = useStore();
const created = {
  candidateId: 'jane',
  applicationId: 'new',
  appliedAt: null,
  warnings: [],
  body: {
    first_name: 'Jane',
    last_name: 'Doe',
    email: 'jane@example.com',
    phone_number: '+1 555 0100',
    job_id: 'job',
    initial_stage_id: 'stage',
  },
};
const at = '2026-06-01T00:00:00.000Z';
const validator = createValidator(unifiedDescription, { unknownFields: 'refuse' });

const remote = { remote_url: null, remote_data: null, changed_at: at, remote_deleted_at: null };
const application = {
  id: komboId('gem:1', 'new'),
  remote_id: 'new',
  outcome: 'PENDING',
  rejection_reason_name: null,
  rejected_at: null,
  remote_url: null,
  changed_at: at,
  remote_created_at: null,
  remote_updated_at: null,
  current_stage: null,
  job: null,
};
const candidate = {
  ...remote,
  id: komboId('gem:1', 'jane'),
  remote_id: 'jane',
  first_name: 'Jane',
  last_name: 'Doe',
  company: null,
  title: null,
  confidential: null,
  source: null,
  phone_numbers: [{ phone_number: '+1 555 0100', type: null }],
  email_addresses: [{ email_address: 'jane@example.com', type: 'PERSONAL' }],
  social_media: [],
  location: null,
  custom_fields: {},
  integration_fields: [],
  remote_created_at: null,
  remote_updated_at: null,
  tags: [],
};

test('what is not stored is answered with what was asked for, and nothing else', () => {
  const read = ({ bytes }: { bytes: Buffer }): unknown => JSON.parse(bytes.toString());
  const whole = {
    ...remote,
    ...application,
    current_stage_id: komboId('gem:1', 'stage'),
    job_id: komboId('gem:1', 'job'),
    candidate_id: komboId('gem:1', 'jane'),
    screening_question_answers: [],
    custom_fields: {},
    integration_fields: [],
    candidate,
  };
  expect(read(unstoredApplication('gem:1', created, at))).toEqual(whole);
  expect(read(unstoredCandidate('gem:1', created, at))).toEqual({
    ...candidate,
    applications: [application],
  });

  const { initial_stage_id: _stage, phone_number: _number, ...least } = created.body;
  const body = { ...least, company: 'CMU', title: 'Professor' };
  const other = { ...created, appliedAt: '2026-05-05T05:05:05.000Z', body };
  const times = { remote_created_at: other.appliedAt, remote_updated_at: other.appliedAt };
  expect(read(unstoredApplication('gem:1', other, at))).toEqual({
    ...whole,
    ...times,
    current_stage_id: null,
    candidate: { ...candidate, company: 'CMU', title: 'Professor', phone_numbers: [] },
  });
});

test('what is stored is answered as the lists show it, with its job, stage and candidate', async () => {
  const { sync, integration } = await connect(await startStubGem(oneOfEach()));
  await sync();
  const id = (remoteId: string) => komboId(integration.id, remoteId);
  const { database } = store();
  const found = await readCreatedApplication(database, id('application-1'));
  expect(JSON.parse(found?.bytes.toString() ?? '')).toMatchObject({
    id: id('application-1'),
    current_stage: { remote_id: 'stage-1' },
    job: { id: id('job-1') },
    candidate: { id: id('candidate-1'), tags: [] },
  });
  const person = await readCreatedCandidate(database, id('candidate-1'));
  expect(JSON.parse(person?.bytes.toString() ?? '')).toMatchObject({
    id: id('candidate-1'),
    applications: [{ id: id('application-1') }],
  });
});

test.each([
  ['application', readCreatedApplication, unstoredApplication, 'CreatedApplicationAnswer'],
  ['candidate', readCreatedCandidate, unstoredCandidate, 'CreatedCandidateAnswer'],
] as const)(
  'an %s that is not stored is answered with what is known, and a warning',
  async (_, read, make, schema) => {
    const logged: string[] = [];
    const services = { clock: fixedClock(at), log: (message: string) => logged.push(message) };
    for (const reading of [
      () => read(store().database, 'never stored'),
      () => Promise.reject(new Error('away')),
    ]) {
      const answer = await answerCreated<unknown>(services, ['one more'], {
        read: reading,
        make: (now) => make('gem:1', created, now),
      });
      const told: unknown = JSON.parse(answer.bytes.toString());
      expect(told).toMatchObject({
        status: 'success',
        warnings: [
          { message: 'one more' },
          { message: expect.stringContaining('could not be stored here yet') },
        ],
      });
      expect(validator.schema(schema, told)).toEqual([]);
    }
    expect(logged).toEqual(['could not read what was created']);
  },
);
