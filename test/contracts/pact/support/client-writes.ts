// What the official client writes: the actions, and what is general.
import { examples, injected } from './unified-state.ts';
import type { UnifiedExchange } from './unified-exchange.ts';
import { created, items } from './unified-shapes.ts';

const person = { first_name: 'Ada', last_name: 'Lovelace', email_address: 'ada@example.com' };
const resultLink = {
  label: 'Assessment',
  url: 'https://assessments.example.com/1',
  details: { custom_field_name_prefix: 'Acme', attributes: [{ key: 'Score', value: '90 %' }] },
};
const { integration_id } = examples;
const path = { integration_id: 'integration_id' };
const done: UnifiedExchange['answer'] = { status: 200, body: { status: 'success', data: {}, warnings: [] } };

function data(told: unknown): UnifiedExchange['answer'] {
  return { status: 200, body: { status: 'success', data: told } };
}

function link(word: string): UnifiedExchange['answer'] {
  return data({ link: `http://127.0.0.1:4020/connect/${word}` });
}

export const writes: readonly UnifiedExchange[] = [
  {
    operation: 'createAtsCandidate',
    about: 'somebody new',
    body: { candidate: person, application: { job_id: injected('backend') } },
    answer: { status: 200, body: { status: 'success', data: created.candidate, warnings: [] } },
    call: (kombo) =>
      kombo.ats.createCandidate({ candidate: person, application: { job_id: examples.backend } }),
  },
  {
    operation: 'createAtsApplication',
    about: 'by somebody new, in a stage',
    path: { job_id: 'backend' },
    body: { candidate: person, stage_id: injected('backend.stages.5') },
    answer: { status: 200, body: { status: 'success', data: created.application, warnings: [] } },
    call: (kombo) =>
      kombo.ats.createApplication({
        job_id: examples.backend,
        body: { candidate: person, stage_id: examples['backend.stages.5'] },
      }),
  },
  {
    operation: 'moveAtsApplicationToStage',
    about: 'to another stage of its job',
    path: { application_id: 'application' },
    body: { stage_id: injected('backend.stages.5') },
    answer: done,
    call: (kombo) =>
      kombo.ats.moveApplicationToStage({
        application_id: examples.application,
        body: { stage_id: examples['backend.stages.5'] },
      }),
  },
  {
    operation: 'addAtsApplicationResultLink',
    about: 'with an attribute',
    path: { application_id: 'application' },
    body: resultLink,
    answer: done,
    call: (kombo) =>
      kombo.ats.addApplicationResultLink({ application_id: examples.application, body: resultLink }),
  },
  {
    operation: 'addAtsCandidateResultLink',
    about: 'with an attribute',
    path: { candidate_id: 'candidate' },
    body: resultLink,
    answer: done,
    call: (kombo) => kombo.ats.addCandidateResultLink({ candidate_id: examples.candidate, body: resultLink }),
  },
  {
    operation: 'triggerSync',
    about: 'a full one',
    body: { type: 'FULL' },
    answer: data({ already_queued: false, sync_id: 'D51LFezvCBJL7X6Qkqq3RfHd', type: 'FULL' }),
    call: (kombo) => kombo.general.triggerSync({ type: 'FULL' }),
  },
  {
    operation: 'setIntegrationEnabled',
    about: 'switching it off',
    path,
    body: { value: false },
    answer: data({}),
    call: (kombo) => kombo.general.setIntegrationEnabled({ integration_id, body: { value: false } }),
  },
  {
    operation: 'deleteIntegration',
    about: 'one that exists',
    path,
    body: {},
    answer: data({}),
    call: (kombo) => kombo.general.deleteIntegration({ integration_id, body: {} }),
  },
  {
    operation: 'createReconnectionLink',
    about: 'for a browser',
    path,
    body: { language: 'en', link_type: 'MAGIC_LINK' },
    answer: link('again'),
    call: (kombo) =>
      kombo.general.createReconnectionLink({ integration_id, body: { link_type: 'MAGIC_LINK' } }),
  },
  {
    operation: 'createSetupLink',
    about: 'for a setup that lacks something',
    state: 'nobody at Gem can act',
    path,
    body: { language: 'en', link_type: 'EMBEDDED' },
    answer: link('setup'),
    call: (kombo) => kombo.general.createSetupLink({ integration_id, body: { link_type: 'EMBEDDED' } }),
  },
  {
    operation: 'createConnectionLink',
    about: 'for a Gem account',
    body: {
      end_user_email: 'grace@example.com',
      end_user_organization_name: 'Nordlicht',
      integration_category: 'ATS',
      integration_tool: 'gem',
      language: 'en',
      enable_filtering: false,
      enable_field_mapping: false,
      link_type: 'EMBEDDED',
    },
    answer: link('new'),
    call: (kombo) =>
      kombo.connect.createConnectionLink({
        end_user_email: 'grace@example.com',
        end_user_organization_name: 'Nordlicht',
        integration_category: 'ATS',
        integration_tool: 'gem',
      }),
  },
  {
    operation: 'updateIntegrationField',
    about: 'passing it on',
    path: { ...path, integration_field_id: 'integration_field_id' },
    body: { enable_passthrough: true },
    answer: data(items.integrationField),
    call: (kombo) =>
      kombo.general.updateIntegrationField({
        integration_id,
        integration_field_id: examples.integration_field_id,
        body: { enable_passthrough: true },
      }),
  },
  {
    operation: 'updateCustomFieldMapping',
    about: 'to nothing',
    path: { ...path, custom_field_id: 'custom_field_id' },
    body: { integration_field_id: null },
    answer: data({ ...items.customField, integration_field: null }),
    call: (kombo) =>
      kombo.general.updateCustomFieldMapping({
        integration_id,
        custom_field_id: examples.custom_field_id,
        body: { integration_field_id: null },
      }),
  },
];
