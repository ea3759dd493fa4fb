import { test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import {
  linkedInHandleOf,
  toGemCandidate,
  toMailAddress,
} from '../../../connector/policy/personal-emails.ts';
import { createBody } from '../../support/arbitraries/create-body.ts';

const person = { first_name: 'Radia', last_name: 'Perlman', email_address: 'radia@example.com' };

describe('what is written of a candidate (kombo-unified-api §3.1, gem-ats-api §5.1)', () => {
  test('is no more than was given', () => {
    expect(toGemCandidate({ candidate: person }, { jobId: 'job' })).toStrictEqual({
      first_name: 'Radia',
      last_name: 'Perlman',
      email: 'radia@example.com',
      job_id: 'job',
    });
  });

  test('is all that Gem has a place for', () => {
    const candidate = {
      ...person,
      phone_number: '+1 555 0134',
      title: 'Engineer',
      company: 'Digital Equipment',
      social_links: [{ url: 'https://www.linkedin.com/in/radia' }],
    };
    const resolved = { jobId: 'job', initialStageId: 'stage', sourceId: 'source' };
    expect(toGemCandidate({ candidate }, resolved)).toStrictEqual({
      first_name: 'Radia',
      last_name: 'Perlman',
      email: 'radia@example.com',
      phone_number: '+1 555 0134',
      title: 'Engineer',
      company: 'Digital Equipment',
      linkedin_handle: 'radia',
      job_id: 'job',
      initial_stage_id: 'stage',
      source_id: 'source',
    });
  });

  test('is the first link to a LinkedIn profile, wherever it stands', () => {
    const social_links = [
      'https://example.com/in/no',
      'https://linkedin.com/in/one',
      'https://linkedin.com/in/two',
    ];
    const candidate = { ...person, social_links: social_links.map((url) => ({ url })) };
    expect(toGemCandidate({ candidate }, { jobId: 'job' }).linkedin_handle).toBe('one');
  });

  law.prop([createBody])('is the same whatever other addresses and numbers come along', (input) => {
    const { additional_email_addresses: _, additional_phone_numbers: __, ...candidate } = input.candidate;
    expect(toGemCandidate({ candidate }, { jobId: 'job' })).toEqual(toGemCandidate(input, { jobId: 'job' }));
  });
});

describe('an e-mail address', () => {
  test.each([
    ['radia@example.com', 'radia@example.com'],
    // Letters of another case are kept, and so is what stands before the domain.
    ['Radía@Example.com', 'Radía@Example.com'],
    ['radia@bücher.example', 'radia@xn--bcher-kva.example'],
    ['Radía@BÜCHER.example', 'Radía@xn--bcher-kva.example'],
    ['radia@exampleü', 'radia@xn--example-t2a'],
    ['radia@übung', 'radia@xn--bung-zra'],
    ['"a@b"@bücher.example', '"a@b"@xn--bcher-kva.example'],
    // What is no domain is left to Gem, which says what it thinks of it.
    ['radia@bü cher', 'radia@bü cher'],
    ['radia@', 'radia@'],
  ])('that is %s is written as %s', (given, written) => {
    expect(toMailAddress(given)).toBe(written);
  });
});

describe('a handle at LinkedIn', () => {
  test.each([
    ['https://www.linkedin.com/in/radia', 'radia'],
    ['https://linkedin.com/in/radia/', 'radia'],
    ['http://de.linkedin.com/in/radia/details?x=1#y', 'radia'],
    ['https://www.linkedin.com/in/rad%C3%ADa', 'radía'],
    // What cannot be decoded is taken as it stands.
    ['https://www.linkedin.com/in/rad%FFia', 'rad%FFia'],
  ])('is in %s', (url, handle) => {
    expect(linkedInHandleOf({ url })).toBe(handle);
  });

  test.each([
    'https://www.linkedin.com/company/digital',
    'https://www.linkedin.com/in/',
    'https://www.linkedin.com/people/in/radia',
    'https://notlinkedin.com/in/radia',
    'https://linkedin.com.example.com/in/radia',
    'https://linkedinxcom/in/radia',
    'https://example.com/in/radia',
    'not a link',
    '',
  ])('is not in %j', (url) => {
    expect(linkedInHandleOf({ url })).toBeUndefined();
  });
});
