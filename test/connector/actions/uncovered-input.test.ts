// What a call gives and Gem has no place for is named (kombo-unified-api §3.1, §3.3).
import { expect, test } from 'vitest';
import { warnOfRemoteFields, warnOfUncoveredInput } from '../../../connector/actions/warnings.ts';
import type { CreateBody } from '../../../connector/actions/warnings.ts';

const person = { first_name: 'Radia', last_name: 'Perlman', email_address: 'radia@example.com' };
const given = (more: object): CreateBody => Object.assign({ candidate: person }, more);
const aboutPerson = (more: object) => given({ candidate: { ...person, ...more } });

test('what Gem has a place for is written without a word', () => {
  expect(
    warnOfUncoveredInput(aboutPerson({ company: 'Acme', title: 'Engineer', phone_number: '1' })),
  ).toEqual([]);
});

test.each([
  ['candidate.additional_email_addresses', aboutPerson({ additional_email_addresses: [{}] })],
  ['candidate.additional_phone_numbers', aboutPerson({ additional_phone_numbers: [{}] })],
  ['candidate.location', aboutPerson({ location: { country: 'DE' } })],
  ['candidate.gender', aboutPerson({ gender: 'FEMALE' })],
  ['candidate.availability_date', aboutPerson({ availability_date: '2026-03-01' })],
  ['candidate.salary_expectations', aboutPerson({ salary_expectations: { amount: 1, period: 'YEAR' } })],
  ['sourced_by', given({ sourced_by: { user_id: 'uma' } })],
  ['gdpr_consent', given({ gdpr_consent: { given: false } })],
  ['remote_fields', given({ remote_fields: { workday: {} } })],
  ['screening_question_answers', given({ screening_question_answers: [{}] })],
])('%s is named', (field, body) => {
  expect(warnOfUncoveredInput(body)).toEqual([`${field} was not written: Gem has no place for it.`]);
});

test.each([null, undefined, [], {}])('%j in the place of such a field says nothing', (nothing) => {
  expect(warnOfUncoveredInput(given({ remote_fields: nothing, sourced_by: nothing }))).toEqual([]);
});

test('of several links, all but the first to a LinkedIn profile are named', () => {
  const links = ['https://example.com', 'https://linkedin.com/in/one', 'https://linkedin.com/in/two'];
  const body = aboutPerson({ social_links: links.map((url) => ({ url })) });
  expect(warnOfUncoveredInput(body)).toEqual([
    'candidate.social_links[0] was not written: Gem takes one link to a LinkedIn profile.',
    'candidate.social_links[2] was not written: Gem takes one link to a LinkedIn profile.',
  ]);
});

test('fields that only another tool has are named in every call', () => {
  expect(warnOfRemoteFields({ remote_fields: { greenhouse: {} } })).toEqual([
    'remote_fields was not written: Gem has no place for it.',
  ]);
  expect(warnOfRemoteFields({ remote_fields: {} })).toEqual([]);
  expect(warnOfRemoteFields({})).toEqual([]);
});
