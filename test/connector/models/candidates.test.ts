import { test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { candidates } from '../../../connector/models/candidates.ts';
import { records } from '../../support/arbitraries/records.ts';
import { applicationRecord, candidateRecord } from '../../support/gem-records.ts';
import { rowOf, testCopies } from './support/mapping.ts';

describe('a candidate (kombo-unified-api §2.3)', () => {
  testCopies(
    { model: candidates, listing: 'listCandidates' },
    {
      remote_id: 'id',
      first_name: 'first_name',
      last_name: 'last_name',
      company: 'company',
      title: 'title',
      confidential: 'is_private',
      remote_created_at: 'created_at',
      remote_updated_at: 'updated_at',
    },
  );

  test('has the source of the application that came first', () => {
    const at = (day: number, public_name: string) =>
      applicationRecord(public_name, 'candidate', {
        applied_at: `2026-03-0${day}T00:00:00.000Z`,
        source: { id: 'source', public_name },
      });
    const candidate = candidateRecord('candidate', { applications: [at(2, 'Agency'), at(1, 'Referral')] });
    expect(rowOf(candidates, candidate)['source']).toBe('Referral');
  });

  test('is reached under the addresses, numbers and accounts that Gem knows', () => {
    const candidate = candidateRecord('candidate', {
      email_addresses: [
        { type: 'personal', value: 'jane@example.com', is_primary: true },
        { type: 'work', value: 'no address', is_primary: false },
      ],
      phone_numbers: [{ type: 'mobile', value: '+1 555 0134' }],
      social_media_addresses: [{ value: 'https://www.linkedin.com/in/jane' }],
    });
    expect(rowOf(candidates, candidate)).toMatchObject({
      email_addresses: [{ email_address: 'jane@example.com', type: 'PERSONAL' }],
      phone_numbers: [{ phone_number: '+1 555 0134', type: 'MOBILE' }],
      social_media: [{ link: 'https://www.linkedin.com/in/jane', type: 'LINKEDIN', username: 'jane' }],
    });
  });

  law.prop([records.listCandidates])(
    "has none of the team's own fields, which Gem keeps elsewhere",
    (person) => {
      const { custom_fields: custom, integration_fields: raw } = rowOf(candidates, person);
      expect([custom, raw]).toEqual([{}, []]);
    },
  );

  law.prop([records.listCandidates])(
    'is carried whole, but for the links to files, which are signed anew each time',
    (person) => {
      const { remote_data: data } = rowOf(candidates, person, { isRemoteDataEnabled: true });
      const attachments = person.attachments.map(({ created_at, filename, type }) => ({
        created_at,
        filename,
        type,
      }));
      expect(data).toEqual({ '/candidates/': { ...person, attachments } });
    },
  );

  test.each([
    [null, null],
    ['cv.pdf', 'cv.pdf'],
    [7, 7],
    [{ url: 'https://files.example/signed' }, {}],
  ])('is carried with a file that is %o as %o', (file, carried) => {
    const candidate = { ...candidateRecord('candidate'), attachments: [file] };
    const { remote_data: data } = rowOf(candidates, candidate, { isRemoteDataEnabled: true });
    expect(data).toMatchObject({ '/candidates/': { attachments: [carried] } });
  });

  test('is carried with files that are no list as they came', () => {
    const candidate = { ...candidateRecord('candidate'), attachments: 'none' };
    const { remote_data: data } = rowOf(candidates, candidate, { isRemoteDataEnabled: true });
    expect(data).toEqual({ '/candidates/': candidate });
  });
});
