// What the interactions with Gem take from the provider's state, each with an example that the consumer's tests use.
import { stateValues } from './state-values.ts';

/** Values by the names that the state gives them. */
export const examples = {
  api_key: 'PactWorldPactWorldPactWorldPactWorldPact',
  zoe: 'Q2FuZGlkYXRlOjEwMDAwMDAx',
  referred: 'Q2FuZGlkYXRlOjEwMDAwMDA0',
  bare: 'Q2FuZGlkYXRlOjEwMDAwMDA2',
  backend: 'am9iOldPiCihyBbolL9PG-8Av8w',
  designer: 'am9iOt6wNBTPuJj2n1o4hqnDbDs',
  closed: 'am9iOmNsb3NlZGNsb3NlZGNsbw',
  'zoe-backend': 'YXBwbGljYXRpb246xgjt8PJjiPdqxq-tg1cEyA',
  'zoe-backend.current_stage_id': 'am9ic3RhZ2U624zoVNMPtY6oX2pQj9e19w',
  'backend.stages.0': 'am9ic3RhZ2U6ajJavOzSJcn8RuXR89Mctg',
  'backend.stages.5': 'am9ic3RhZ2U6p91UgJyVDYgPG-BVBjIRnQ',
  'sales.stages.0': 'am9ic3RhZ2U6c2FsZXNzYWxlc3NhbA',
  recruiter: 'VXNlcjoxMDAwMDAy',
  referral: 'c291cmNlOr2_NfWgwuymlntAP1aynRY',
} as const;

/** The name of such a value. */
export type ValueName = keyof typeof examples;

/** A value that the provider puts its own in place of. */
export const injected = stateValues(examples);
