import * as fc from 'fast-check';
import {
  creates,
  inputOf,
  isInvalidFile,
  type AttachmentInput,
  type CreateInput,
} from '../support/create-input.ts';
import { createCases, file } from '../cases/creates.ts';
import { actsWrong } from '../support/mutants.ts';
import { wrongTypes } from '../support/requests.ts';
import { writingRule, type Check } from '../../harness/rule.ts';
import { createsWrong, personOf } from '../support/action-mutants.ts';
import { created, isDone } from '../support/results.ts';
import type { GemSchemas } from '../../gem.ts';
import { check, same } from '../support/compare.ts';

const fileName = fc.constantFrom('letter.pdf', 'cv.pdf', '履歴書.docx', 'Anschréiben.DOC');

export default writingRule({
  statement: 'every attachment written to Gem is uploaded as a résumé, whatever its type',
  evidence: { grade: 'documented', source: 'kombo-gem-connector §3 #9' },
  of: creates,
  needs: creates,
  inputs: ['attachments.name', 'attachments.type'],
  cases: createCases(
    'resume-attachments',
    fc
      .tuple(
        fc.record({ name: fileName, type: fc.constant('COVER_LETTER') }),
        fc.array(fc.record({ name: fileName, type: fc.constantFrom('CV', 'OTHER', 'COVER_LETTER') }), {
          maxLength: 2,
        }),
      )
      .map(([letter, more]) => ({
        more: { attachments: [letter, ...more].map((one) => Object.assign(file(one.type), one)) },
      })),
  ),
  judge: (result) => [
    ...(isDone(result)
      ? judgeAttachments(inputOf(result), { attachments: created(result, 'attachments') })
      : []),
    ...wrongTypes(result, ({ filename }) => filename, 'resume'),
  ],
  mutants: [
    actsWrong('cover letter as such', creates, async (call, right) => {
      // All cases send bodies of the unified API.
      const body = call.body as CreateInput;
      const attachments = body.attachments?.filter((attachment) => !isLetter(attachment)) ?? [];
      const answer = await right.act({ ...call, body: { ...body, attachments } });
      for (const { name, data } of body.attachments?.filter(isLetter) ?? []) {
        await right.gem('addCandidateAttachment', {
          path: { candidate_id: personOf(answer) ?? '' },
          body: { filename: name, type: 'cover_letter', content: data, user_id: right.account.actingUserId },
        });
      }
      return answer;
    }),
    createsWrong('letters beyond ASCII dropped from file names', ({ attachments = [], ...body }) => ({
      ...body,
      attachments: attachments.map((one) => ({ ...one, name: one.name.replaceAll(/[^ -~]/g, '') })),
    })),
    createsWrong('the ending of a file name written twice', ({ attachments = [], ...body }) => ({
      ...body,
      attachments: attachments.map((one) => ({ ...one, name: one.name.replace(/[.]pdf$/, '.pdf.pdf') })),
    })),
    createsWrong('only the CV uploaded', ({ attachments = [], ...body }) => ({
      ...body,
      attachments: attachments.filter(({ type }) => type === 'CV'),
    })),
  ],
});

function isLetter({ type, data }: AttachmentInput): boolean {
  return type === 'COVER_LETTER' && data !== undefined;
}

/** Compares the candidate's files at Gem with the body of the call. */
export function judgeAttachments(
  { attachments = [] }: Pick<CreateInput, 'attachments'>,
  gem: { attachments: readonly Pick<GemSchemas['StoredFile'], 'filename' | 'type'>[] },
): Check[] {
  const taken = attachments.filter(isTaken);
  return [...new Set(attachments.map((attachment) => attachment.name))].flatMap((name) => {
    const wanted = taken.filter((attachment) => attachment.name === name).length;
    const held = gem.attachments.filter(({ filename }) => isCalled(filename, name));
    const isThere = { what: `files ${name} at Gem`, expected: wanted, got: held.length };
    const types = held.flatMap(({ filename, type }) =>
      same(`the type of ${filename} at Gem`, type, 'resume'),
    );
    return wanted === 0 ? types : check(held.length >= wanted, isThere).concat(types);
  });
}

/** Gem takes no files of other kinds (gem-ats-api §5.4); this rule says nothing about them. */
function isTaken(file: AttachmentInput): boolean {
  return /\.(pdf|docx?)$/i.test(file.name) && file.data !== '' && !isInvalidFile(file);
}

/** Gem reads the type from the file extension, so a connector may add the one of the content type, if it is another. */
function isCalled(filename: string, name: string): boolean {
  const endings = ['.pdf', '.doc', '.docx'].filter((ending) => !name.toLowerCase().endsWith(ending));
  return ['', ...endings].some((ending) => filename === name + ending);
}
