// The note that a result link becomes (kombo-unified-api §3.4, gem-ats-api §5.2).
import { fc, test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { resultLinkNote } from '../../../connector/actions/add-result-link.ts';

const link = { label: 'Assessment', url: 'https://results.example.com/1' };
const withAttributes = (...attributes: { key: string; value: string }[]) => ({
  ...link,
  details: { custom_field_name_prefix: 'Acme:', attributes },
});

describe('a result link', () => {
  test('is one line, with its label before the link', () => {
    expect(resultLinkNote(link, null)).toEqual({
      text: 'Assessment: https://results.example.com/1',
      warnings: [],
    });
  });

  test('without a label is the link alone', () => {
    expect(resultLinkNote({ ...link, label: ' \n' }, null).text).toBe('https://results.example.com/1');
  });

  test('names the job that it is about, and then its attributes', () => {
    const body = withAttributes({ key: 'Score', value: '85' }, { key: 'Level', value: 'B' });
    expect(resultLinkNote(body, 'Engineer').text.split('\n')).toEqual([
      'Assessment: https://results.example.com/1',
      'Job: Engineer',
      'Acme: Score: 85',
      'Acme: Level: B',
    ]);
  });

  test('keeps each part on its line, so that none passes for another', () => {
    const body = {
      ...withAttributes({ key: 'Score\u2028', value: '\r\n1\tof\u0000 2' }),
      label: 'A\nJob: B',
    };
    expect(resultLinkNote(body, 'C\u2029D').text.split('\n')).toEqual([
      'A Job: B: https://results.example.com/1',
      'Job: C D',
      'Acme: Score : 1 of 2',
    ]);
  });
});

describe('the 10,000 characters of a note', () => {
  test('hold a link that fills them, and refuse one that is longer', () => {
    const longest = `https://a.b/${'x'.repeat(10_000 - 'A: https://a.b/'.length)}`;
    expect(resultLinkNote({ label: 'A', url: longest }, null).text).toHaveLength(10_000);
    expect(() => resultLinkNote({ label: 'A', url: `${longest}x` }, null)).toThrow(
      'label and url must have at most 10000 characters together.',
    );
    // The job's line counts too, with the end of the line before it.
    const shorter = longest.slice(0, -'\nJob: B'.length);
    expect(resultLinkNote({ label: 'A', url: shorter }, 'B').text).toHaveLength(10_000);
    expect(() => resultLinkNote({ label: 'A', url: `${shorter}x` }, 'B')).toThrow('10000');
    expect(() => resultLinkNote({ label: 'A', url: longest }, 'B')).toThrow('10000');
  });

  test('leave out an attribute that has no room, and keep a shorter one after it', () => {
    const body = withAttributes({ key: 'Essay', value: 'x'.repeat(10_000) }, { key: 'Score', value: '85' });
    expect(resultLinkNote(body, null)).toEqual({
      text: 'Assessment: https://results.example.com/1\nAcme: Score: 85',
      warnings: ["details.attributes[0] was not written: Gem's notes hold 10000 characters."],
    });
  });

  test('may be filled to the last by an attribute', () => {
    const room = 10_000 - resultLinkNote(withAttributes({ key: 'A', value: '' }), null).text.length;
    // A value keeps a blank before it that an empty one loses.
    const filled = resultLinkNote(withAttributes({ key: 'A', value: 'x'.repeat(room - 1) }), null);
    expect([filled.text.length, filled.warnings]).toEqual([10_000, []]);
    expect(resultLinkNote(withAttributes({ key: 'A', value: 'x'.repeat(room) }), null).warnings).toHaveLength(
      1,
    );
  });
});

law.prop([fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })])(
  'any text can be stored',
  (label, path) => {
    const { text } = resultLinkNote({ label, url: `https://example.com/${path}` }, label);
    expect(text.isWellFormed()).toBe(true);
    expect(text.split('\n')).toHaveLength(2);
  },
);

describe('the link', () => {
  test.each([
    ['https://example.com', 'https://example.com'],
    ['https://example.com/a%20b?c=d#e', 'https://example.com/a%20b?c=d#e'],
    ['HTTP://example.com/A', 'HTTP://example.com/A'],
    ['https://example.com/jörg müller', 'https://example.com/j%C3%B6rg%20m%C3%BCller'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    [' https://example.com/x\n', 'https://example.com/x'],
  ])('%j is written as %j', (url, written) => {
    expect(resultLinkNote({ label: '', url }, null).text).toBe(written);
  });

  test.each([
    'ftp://example.com',
    'javascript:alert(1)',
    'mailto:a@b.example',
    'example.com',
    'https://',
    '',
  ])('is not %j', (url) => {
    expect(() => resultLinkNote({ label: 'A', url }, null)).toThrow('must be an http or https address');
  });
});
