import { expect, test } from 'vitest';
import { warnOfRemoteFields, warnOfUncoveredInput } from '../../../connector/actions/warnings.ts';
import { readModels, writeActions } from '../../../connector/actions/coverage.ts';
import { coveredActions, coveredModels } from '../../../contracts/coverage.ts';
import { startApi } from '../api/support/api.ts';

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

const enabled = { is_available: true, scope_config_setting: 'ENABLED', opted_out_by_customer: false };
const assets = 'https://storage.googleapis.com/kombo-assets/integrations/gem';

test('an integration says what it is, whose, and all that it can do', async () => {
  const { get, integrationId } = await startApi();
  const { status, data } = await get(`/v1/integrations/${integrationId}`);
  expect([status, data]).toEqual([
    200,
    {
      id: integrationId,
      tool: {
        id: 'gem',
        label: 'Gem',
        internal_label: null,
        logo_url: `${assets}/logo.svg`,
        icon_url: `${assets}/icon.svg`,
      },
      category: 'ATS',
      status: 'ACTIVE',
      setup_status: expect.any(String),
      end_user: { organization_name: expect.any(String), creator_email: null, origin_id: null },
      scope_config: { id: expect.stringMatching(/^\w{24}$/), name: 'Everything' },
      data_expired_at: null,
      created_at: expect.any(String),
      beta: true,
      read_models: readModels.map(({ id, label, coverage_status, fields: all }) => {
        const fields = all.map((field) => Object.assign({}, field, enabled));
        return Object.assign({ id, label, coverage_status, fields }, enabled);
      }),
      write_actions: writeActions.map(({ id, label, coverage_status, fields: all }) => {
        const fields = all.map((field) => ({
          id: field.id,
          coverage_status: field.coverage_status,
          is_available: field.coverage_status === 'SUPPORTED',
        }));
        return Object.assign({ id, label, coverage_status, fields }, enabled);
      }),
    },
  ]);
  const unknown = await get('/v1/integrations/gem:8d1hpPsbjxUkoCoa1veLZGe5');
  expect([unknown.status, unknown.error.message]).toEqual([404, 'This environment has no such integration.']);
});

test('the integrations of an environment are listed with what is open about them', async () => {
  const { get, integrationId } = await startApi();
  expect((await get('/v1/integrations')).data).toEqual({
    results: [
      {
        id: integrationId,
        status: 'ACTIVE',
        organization_name: expect.any(String),
        created_at: expect.any(String),
        first_synced_at: expect.any(String),
        data_expired_at: null,
        rejected_records: 0,
        open_issues: 0,
      },
    ],
  });
});

test('Gem is the one tool of its category, with what a customer has to know of it', async () => {
  const { get, url } = await startApi();
  const { data } = await get('/v1/tools/ats');
  expect(data).toEqual({
    tools: [
      {
        id: 'gem',
        label: 'Gem',
        internal_label: null,
        assets: {
          logo_url: `${assets}/logo.svg`,
          icon_url: `${assets}/icon.svg`,
          icon_black_url: `${assets}/icon-black.svg`,
        },
        paid_api_details_markdown: null,
        fast_track_details_markdown: null,
        partner_only_details_markdown: expect.stringMatching(
          /^Gem gives its integration partners .* works\. Become a partner .* `GEM_APPLICATION_SECRET`\.$/,
        ),
        connection_guide_url: `${url}/connect/guide`,
        coverage: expect.objectContaining({}),
      },
    ],
  });
  expect((await get('/v1/tools/hris')).data).toEqual({ tools: [] });
});
