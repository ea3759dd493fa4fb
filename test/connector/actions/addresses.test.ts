// Addresses of people and links are what browsers and mail systems understand; one that is spelled in letters beyond ASCII
// refuses no application.
import { describe, expect, test } from 'vitest';
import { linkedInHandleOf } from '../../../connector/policy/personal-emails.ts';
import { toMailAddress } from '../../../connector/policy/personal-emails.ts';
import { toWebAddress } from '../../../connector/policy/web-address.ts';
import { isSameAddress } from '../../../connector/actions/applications-of-person.ts';
import { createValidator } from '../../../contracts/validator.ts';
import { unifiedDescription } from '../../../contracts/unified.ts';
import { useRecruiting } from './support/recruiting.ts';

const validator = createValidator(unifiedDescription, { unknownFields: 'allow' });
const bodyOf = (candidate: object, more: object = {}) => ({
  candidate: { first_name: 'Ida', last_name: 'Rhodes', email_address: 'ida@example.com', ...candidate },
  ...more,
});
const violations = (body: object) =>
  validator.schema('CreateApplicationBody', body).map(({ path }) => path.join('.'));

const links = [
  'https://www.linkedin.com/in/jörg-müller',
  'https://www.linkedin.com/in/jörg müller',
  'https://bücher.example/über?q=ä#ö',
  'http://example.com/a|b"c<d>',
  ' https://example.com/trimmed ',
  'https://例え.テスト/',
  'HTTPS://EXAMPLE.COM',
];
const notLinks = ['example.com', 'https://', 'http://exa mple.com', '', 'https://example.com:99999999/'];

describe('a link', () => {
  test.each(links)('is %j, wherever one is meant', (url) => {
    const attachments = [{ name: 'cv.pdf', type: 'CV', data_url: url }];
    expect(violations(bodyOf({ social_links: [{ url }] }, { attachments }))).toEqual([]);
    expect(validator.schema('AddResultLinkBody', { label: 'A', url })).toEqual([]);
    expect(toWebAddress(url)).toMatch(/^https?:\/\/[\x21-\x7e]+$/i);
  });

  test.each(notLinks)('is not %j', (url) => {
    expect(violations(bodyOf({ social_links: [{ url }] }))).toEqual(['candidate.social_links.0.url']);
    expect(toWebAddress(url)).toBeUndefined();
  });

  test.each([
    ['https://www.linkedin.com/in/jörg-müller', 'jörg-müller'],
    ['https://www.linkedin.com/in/j%C3%B6rg-m%C3%BCller/', 'jörg-müller'],
    ['https://de.linkedin.com/IN/ida?trk=x#y', 'ida'],
    ['https://linkedin.com.evil.example/in/ida', undefined],
    ['https://www.linkedin.com/in/%E0%A4%A', '%E0%A4%A'],
  ])('%j names %j at LinkedIn', (url, handle) => {
    expect(linkedInHandleOf({ url })).toBe(handle);
  });
});

describe('an e-mail address', () => {
  test.each([
    ['ida@bücher.example', 'ida@xn--bcher-kva.example'],
    ['jörg@example.com', 'jörg@example.com'],
    ['Ida+x@Example.COM', 'Ida+x@Example.COM'],
    ['ida@例え.テスト', 'ida@xn--r8jz45g.xn--zckzah'],
  ])('may be %j, and goes to Gem as %j', (email_address, written) => {
    const other = [{ type: 'WORK', email_address }];
    expect(violations(bodyOf({ email_address, additional_email_addresses: other }))).toEqual([]);
    expect(toMailAddress(email_address)).toBe(written);
    expect(isSameAddress(email_address, written.toUpperCase())).toBe(true);
  });

  test.each([
    'ida',
    'ida@',
    '@example.com',
    'i da@example.com',
    'ida@exa mple.com',
    'ida@example',
    'a@b@c.de',
    '',
  ])('is not %j', (email_address) => {
    expect(violations(bodyOf({ email_address }))).toEqual(['candidate.email_address']);
  });
});

describe('at the front door', () => {
  const { send, job, atGem } = useRecruiting();

  test('an application comes through with letters beyond ASCII in all of them', async () => {
    const { id } = await job('Product Designer');
    const candidate = {
      first_name: 'Jörg',
      last_name: 'Müller',
      email_address: 'joerg@bücher.example',
      social_links: [{ url: 'https://www.linkedin.com/in/jörg müller' }],
    };
    expect(await send('POST', `/ats/jobs/${id}/applications`, { candidate })).toMatchObject({
      status: 200,
      warnings: [],
    });
    const made = atGem('candidates').at(-1);
    expect(made?.email_addresses).toMatchObject([{ value: 'joerg@xn--bcher-kva.example' }]);
    expect(decodeURIComponent(made?.social_media_addresses[0]?.value ?? '')).toMatch(/\/in\/jörg müller$/);
  });

  test.each(['ftp://example.com', 'javascript:alert(1)', 'file:///etc/passwd', 'mailto:a@b.example'])(
    'a link of %j is refused by its name, and nothing is written',
    async (url) => {
      const { id } = await job('Product Designer');
      const before = atGem('candidates').length;
      const body = bodyOf({ social_links: [{ url: 'https://example.com' }, { url }] });
      const { status, error } = await send('POST', `/ats/jobs/${id}/applications`, body);
      expect([status, error?.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
      expect(error?.message).toContain('candidate.social_links[1].url must be an http or https address');
      expect(atGem('candidates')).toHaveLength(before);
    },
  );
});
