import { expect, test } from 'vitest';
import { warnOfRemoteFields, warnOfUncoveredInput } from '../../../connector/actions/uncovered-input.ts';
import { readModels, writeActions } from '../../../connector/api/general/coverage.ts';
import { coveredModels } from '../../../contracts/coverage.ts';

test('the models and fields that the code covers are the 113 that were promised', () => {
  const covered = readModels.map(({ id, label, fields }) => [
    id,
    label,
    fields.map((field) => field.id).toSorted(),
  ]);
  const promised = Object.entries(coveredModels).map(([id, { label, fields }]) => [
    id,
    label,
    fields.toSorted(),
  ]);
  expect(covered).toEqual(promised);
});

const create = [
  'candidate.first_name',
  'candidate.last_name',
  'candidate.email_address',
  'candidate.company',
  'candidate.title',
  'candidate.phone_number',
  'candidate.social_links.url',
  'application.job_id',
  'application.stage_id',
  'attachments.name',
  'attachments.content_type',
  'attachments.data_url',
  'attachments.data',
  'attachments.type',
  'source.name',
  'source.unified_key',
  'source.id',
];
const resultLink = [
  'label',
  'url',
  'details.custom_field_name_prefix',
  'details.attributes.key',
  'details.attributes.value',
];

test('the actions and inputs that the description covers are those that were promised', () => {
  const covered = writeActions.map(({ label, fields }) => [
    label,
    fields.flatMap(({ id, coverage_status }) => (coverage_status === 'SUPPORTED' ? [id] : [])).toSorted(),
  ]);
  expect(Object.fromEntries(covered)).toEqual({
    'Create candidate': create.toSorted(),
    'Create application': create.toSorted(),
    'Move application to stage': ['application_id', 'stage_id'],
    'Add result link to application': ['application_id', ...resultLink].toSorted(),
    'Get application attachments': ['application_id'],
    'Get candidate attachments': ['candidate_id'],
    'Add result link to candidate': ['candidate_id', ...resultLink].toSorted(),
  });
});

test('the inputs that the description does not cover are those that an action warns of', () => {
  const uncovered = writeActions.map(({ id, fields }) => [
    id,
    fields.flatMap((field) => (field.coverage_status === 'UNSUPPORTED' ? [field.id] : [])).toSorted(),
  ]);
  const candidate = {
    first_name: 'Ada',
    last_name: 'Byron',
    email_address: 'ada@example.com',
    additional_email_addresses: [{ type: 'WORK' as const, email_address: 'a@example.com' }],
    additional_phone_numbers: [{ type: 'WORK' as const, phone_number: '1' }],
    location: { country: 'DE' },
    gender: 'FEMALE' as const,
    availability_date: '2026-01-01',
    salary_expectations: { period: 'YEAR' as const, amount: 1 },
  };
  const warnings = warnOfUncoveredInput({
    candidate,
    sourced_by: { user_id: 'x' },
    gdpr_consent: { given: true },
    remote_fields: { gem: {} },
    screening_question_answers: [{ question_id: 'x', answer: 1 }],
  });
  const warned = warnings.map((warning) => warning.split(' ')[0]).toSorted();
  const remote = warnOfRemoteFields({ remote_fields: { gem: {} } }).map((warning) => warning.split(' ')[0]);
  expect(warned).toHaveLength(10);
  expect(Object.fromEntries(uncovered)).toEqual({
    ats_create_candidate: warned,
    ats_create_application: warned,
    ats_move_application_to_stage: remote,
    ats_add_application_result_link: remote,
    ats_add_candidate_result_link: remote,
    ats_get_application_attachments: [],
    ats_get_candidate_attachments: [],
  });
});
