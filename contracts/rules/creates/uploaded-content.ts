import * as fc from 'fast-check';
import { creates, inputOf, isInvalidFile } from '../support/create-input.ts';
import { createCases, file } from '../cases/creates.ts';
import { check } from '../support/compare.ts';
import { writingRule, type Mutant } from '../../harness/rule.ts';
import { createsWrong } from '../support/action-mutants.ts';
import { created, isDone } from '../support/results.ts';

/** What real files have: bytes that are no text in any encoding of several bytes. */
const noText = Uint8Array.of(0x25, 0x50, 0x44, 0x46, 0x2d, 0x00, 0xff, 0xfe, 0xc3, 0x28, 0x0d, 0x0a, 0x80);

export default writingRule({
  statement: 'the content of a file that is given with a create call reaches Gem byte by byte',
  evidence: { grade: 'documented', source: 'kombo-gem-connector §2; kombo-unified-api §3.1' },
  of: creates,
  needs: creates,
  inputs: ['attachments.data'],
  cases: createCases(
    'uploaded-content',
    fc.constantFrom('%PDF a résumé 履歴書', 'x', 'Zeile\r\nZeile\n').map((content) => ({
      more: {
        attachments: [content, noText].map((one, index) =>
          Object.assign({ name: `uploaded-content-${index}.pdf`, type: 'CV' }, file(one)),
        ),
      },
    })),
  ),
  judge(result) {
    const files = (inputOf(result).attachments ?? []).filter(
      (one) => one.data !== undefined && !isInvalidFile(one),
    );
    // A file that is given by its address has a content that is not known here.
    if (!isDone(result) || files.length !== (inputOf(result).attachments ?? []).length) return [];
    const given = files.map(({ data = '' }) => Buffer.from(data, 'base64').toString('base64'));
    return created(result, 'attachments').flatMap(({ filename, content: got }) =>
      check(given.includes(got), { what: `the content of ${filename}`, expected: given, got }),
    );
  },
  mutants: [
    writes('the content as a text', (content) =>
      Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n')),
    ),
    writes('bytes that are no text replaced', (content) => Buffer.from(content.toString())),
  ],
});

/** A connector that gives Gem another content than it was given. */
function writes(name: string, change: (content: Buffer) => Buffer): Mutant {
  return createsWrong(name, ({ attachments = [], ...body }) => ({
    ...body,
    attachments: attachments.map((one) => ({
      ...one,
      ...(one.data !== undefined &&
        !isInvalidFile(one) && { data: change(Buffer.from(one.data, 'base64')).toString('base64') }),
    })),
  }));
}
