import { fc, test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { toResumeUpload } from '../../../connector/policy/resume-attachments.ts';

const file = (name: string, content_type: string) =>
  toResumeUpload({ name, type: 'OTHER', content_type, content: new Uint8Array([1, 2]) });

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

describe('an uploaded file (gem-ats-api §5.4)', () => {
  test.each([
    ['cv', 'application/pdf', 'cv.pdf'],
    ['cv', 'application/msword', 'cv.doc'],
    ['cv', word, 'cv.docx'],
    ['cv.final', 'application/pdf', 'cv.final.pdf'],
    ['cv.pdf.old', 'application/pdf', 'cv.pdf.old.pdf'],
    ['cvpdf', 'application/pdf', 'cvpdf.pdf'],
    ['cv', ' Application/PDF ; charset=binary', 'cv.pdf'],
  ])('%s of %s gets the ending of its kind: %s', (name, type, expected) => {
    expect(file(name, type).filename).toBe(expected);
  });

  test.each([
    ['cv.pdf', 'application/msword'],
    ['cv.PDF', 'application/pdf'],
    ['cv.doc', 'application/pdf'],
    ['cv.docx', 'application/pdf'],
    // Gem is to say that it takes no such file.
    ['photo.png', 'image/png'],
    ['cv', 'text/plain'],
    ['cv', ''],
  ])('%s of %s keeps its name', (name, type) => {
    expect(file(name, type).filename).toBe(name);
  });

  law.prop([fc.string(), fc.string(), fc.uint8Array()])(
    'keeps its content and its type',
    (name, content_type, content) => {
      const upload = toResumeUpload({ name, type: 'CV', content_type, content });
      expect([upload.content, upload.contentType]).toEqual([content, content_type]);
    },
  );
});
