// What the interactions with the connector take from the provider's state, each with an example for the consumer's tests.
import { stateValues } from './state-values.ts';

/** Values by the names that the state gives them: ids of the unified API, unless they say otherwise. */
export const examples = {
  api_key: 'mgc_PactPactPactPactPactPactPactPactPact',
  integration_id: 'gem:2zkRoyePdkbZf68oL4a9Jk4n',
  unknown_integration_id: 'gem:8d1hpPsbjxUkoCoa1veLZGe5',
  candidate: '57Mbekzk7bvBjP7yJVhUcSLS',
  application: 'GYpTKo59tDnfb4CHpARh3Euc',
  backend: '1bGoJf5mqHdDVinoWsGWDMnX',
  closed: '8gWEohwjRYCzLLymBTSEz69y',
  mats: '7s9GMqu4PYHbUmQy3wZE1Cvq',
  planned: 'CjZWaRnd65M8RuzWBzCvEPto',
  referred: 'G7WimoeVMPxz6doa7ibsk8oZ',
  'referred-backend': 'CWrVLRkCq8zTDJHjvdeywWbD',
  'backend.stages.0': 'Drypw69hG7bnGpT9t74wx4gs',
  'backend.stages.5': 'HsEHurFwwodgpMfghovFeJvU',
  integration_field_id: 'JDLPuJZQff4kMvUmEQrffpt6',
  custom_field_id: '21N7WYCmBXAhXjz1XFBVc8sK',
  connection_token: 'bcGVg6Zl9ZMEszVusxsvSTBfUIlxUfxcTmvtzKfnOYs',
} as const;

/** An id of the right form that nothing has. */
export const unknownId = '8d1hpPsbjxUkoCoa1veLZGe5';

export type ValueName = keyof typeof examples;

/** A value that the provider puts its own in place of. */
export const injected = stateValues(examples);
