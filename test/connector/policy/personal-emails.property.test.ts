import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { gemDescription } from '../../../contracts/gem.ts';
import { wrongOnes } from '../../../contracts/harness/rule.ts';
import { judgeAddresses } from '../../../contracts/rules/candidates/personal-emails.ts';
import { createValidator } from '../../../contracts/validator.ts';
import { toGemCandidate } from '../../../connector/policy/personal-emails.ts';
import { createBody } from '../../support/arbitraries/create-body.ts';
import { heldByGem } from '../../support/held-by-gem.ts';

const validator = createValidator(gemDescription, { unknownFields: 'refuse' });
const resolved = { jobId: 'job-1', initialStageId: 'stage-1', sourceId: undefined };

test.prop([createBody])('what is written to Gem contradicts no rule', (input) => {
  expect(wrongOnes(judgeAddresses(input, heldByGem(toGemCandidate(input, resolved))))).toEqual([]);
});

test.prop([createBody])("exactly one address is written, the candidate's own", (input) => {
  const written = toGemCandidate(input, resolved);
  const addresses = Object.values(written).filter((value) => String(value).includes('@'));
  expect(written.email).toBe(input.candidate.email_address);
  for (const { email_address } of input.candidate.additional_email_addresses ?? []) {
    fc.pre(email_address !== written.email);
    expect(addresses).not.toContain(email_address);
  }
});

test.prop([createBody])('the type that a caller gives an address changes nothing', (input) => {
  const { additional_email_addresses: _, ...candidate } = input.candidate;
  expect(toGemCandidate({ candidate }, resolved)).toEqual(toGemCandidate(input, resolved));
});

test.prop([createBody])('the body that is written is of its description', (input) => {
  const departures = validator.schema('CreateCandidateBody', toGemCandidate(input, resolved));
  // Gem bounds the length of texts; that is for Gem to say.
  expect(
    departures.filter(({ keyword }) => keyword === 'additionalProperties' || keyword === 'type'),
  ).toEqual([]);
});
