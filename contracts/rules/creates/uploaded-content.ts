import * as fc from 'fast-check';
import { creates, inputOf, isInvalidFile } from '../support/create-input.ts';
import { createCases, file } from '../cases/creates.ts';
import { check } from '../support/compare.ts';
import { writingRule } from '../../harness/rule.ts';
import { createsWrong } from '../support/action-mutants.ts';
import { created, isDone } from '../support/results.ts';

export default writingRule({
  statement: 'the content of a file that is given with a create call reaches Gem byte by byte',
  evidence: { grade: 'documented', source: 'kombo-gem-connector §2; kombo-unified-api §3.1' },
  of: creates,
  needs: creates,
  inputs: ['attachments.data'],
  cases: createCases(
    'uploaded-content',
    fc.constantFrom('%PDF a résumé 履歴書', 'x', 'Zeile\r\nZeile\n').map((content) => ({
      more: { attachments: [{ name: 'uploaded-content.pdf', type: 'CV', ...file(content) }] },
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
    createsWrong('the content as a text', ({ attachments = [], ...body }) => ({
      ...body,
      attachments: attachments.map((one) => ({
        ...one,
        ...(one.data !== undefined && !isInvalidFile(one) && { data: asText(one.data) }),
      })),
    })),
  ],
});

function asText(data: string): string {
  return Buffer.from(Buffer.from(data, 'base64').toString('latin1').replaceAll('\r\n', '\n')).toString(
    'base64',
  );
}
