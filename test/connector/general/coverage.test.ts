import { expect, test } from 'vitest';
import { warnOfRemoteFields, warnOfUncoveredInput } from '../../../connector/actions/warnings.ts';
import { readModels, writeActions } from '../../../connector/actions/coverage.ts';
import { coveredActions, coveredModels } from '../../../contracts/coverage.ts';

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

test('the actions and inputs that the description covers are those that were promised', () => {
  const covered = writeActions.map(({ label, fields }) => [
    label,
    fields.flatMap(({ id, coverage_status }) => (coverage_status === 'SUPPORTED' ? [id] : [])).toSorted(),
  ]);
  const promised = Object.values(coveredActions).map(({ label, fields }) => [label, fields.toSorted()]);
  expect(Object.fromEntries(covered)).toEqual(Object.fromEntries(promised));
  expect(promised.flatMap(([, fields]) => fields)).toHaveLength(50);
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
