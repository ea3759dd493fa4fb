import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { wrongOnes } from '../../../contracts/harness/rule.ts';
import { judgeAttachments } from '../../../contracts/rules/creates/resume-attachments.ts';
import { toGemCandidate } from '../../../connector/policy/personal-emails.ts';
import { toResumeUpload, type LoadedAttachment } from '../../../connector/policy/resume-attachments.ts';
import { createBody } from '../../support/arbitraries/create-body.ts';
import { heldByGem } from '../../support/held-by-gem.ts';

const attachment: fc.Arbitrary<LoadedAttachment> = fc.record({
  name: fc.oneof(fc.constantFrom('cv.pdf', 'letter.DOCX', 'cv'), fc.string()),
  type: fc.constantFrom('CV', 'COVER_LETTER', 'OTHER'),
  content_type: fc.constantFrom('application/pdf', 'application/msword; charset=binary', 'image/png'),
  content: fc.uint8Array(),
});

test.prop([createBody])('what is uploaded to Gem contradicts no rule', (input) => {
  const uploads = (input.attachments ?? []).map(({ name, type, content_type = '', data = '' }) =>
    toResumeUpload({ name, type, content_type, content: Buffer.from(data, 'base64') }),
  );
  const gem = heldByGem(toGemCandidate(input, { jobId: 'job-1' }), uploads);
  expect(wrongOnes(judgeAttachments(input, gem))).toEqual([]);
});

test.prop([attachment, fc.constantFrom('CV' as const, 'COVER_LETTER' as const, 'OTHER' as const)])(
  'the type of an attachment changes nothing',
  (given, type) => {
    expect(toResumeUpload({ ...given, type })).toEqual(toResumeUpload(given));
  },
);

test.prop([attachment])('the content is uploaded byte by byte', (given) => {
  expect(toResumeUpload(given).content).toEqual(given.content);
});

test.prop([attachment])('a name only ever gains an ending that Gem takes', (given) => {
  const { filename } = toResumeUpload(given);
  expect(filename.startsWith(given.name)).toBe(true);
  expect(['', '.pdf', '.doc', '.docx']).toContain(filename.slice(given.name.length));
});

test.prop([attachment])('a name that Gem takes stays as it is', (given) => {
  fc.pre(/\.(pdf|docx?)$/i.test(given.name));
  expect(toResumeUpload(given).filename).toBe(given.name);
});

test.prop([
  attachment,
  fc.constantFrom(
    'application/pdf',
    'application/msword',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ),
])(
  'a file of a kind that Gem takes is always uploaded under a name that Gem takes',
  (given, content_type) => {
    expect(toResumeUpload({ ...given, content_type }).filename).toMatch(/\.(pdf|docx?)$/i);
  },
);

test.each(['constructor', 'toString', '__proto__'])(
  'a content type that is called %s is none that Gem takes',
  (content_type) => {
    const given = { name: 'cv', type: 'CV', content_type, content: Buffer.from('x') } as const;
    expect(toResumeUpload(given).filename).toBe('cv');
  },
);
