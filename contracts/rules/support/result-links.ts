// Result links: their cases, and the notes that they become (kombo-unified-api §3.4, §8 #8).
import * as fc from 'fast-check';
import type { UnifiedSchemas } from '../../unified.ts';
import { applicant } from '../cases/stages.ts';
import type { ActionCall } from '../../harness/adapter.ts';
import type { Case } from '../../harness/case.ts';
import type { ActionResult, Run } from '../../harness/run.ts';
import { resultsBefore } from './records-before.ts';
import { actsWrong } from './mutants.ts';
import type { Mutant, Check } from '../../harness/rule.ts';
import { created, isDone, mustSucceed } from './results.ts';
import { check, same } from './compare.ts';

type Body = UnifiedSchemas['AddResultLinkBody'];

const words = fc.constantFrom(
  'Score',
  'Größe',
  '東京 – level',
  "O'Neil & co",
  'Two  blanks',
  'Line\nend',
  '  ',
);

/** An applicant, and links with and without attributes. */
export function linkCases(operation: string, path: Readonly<Record<string, string>>): fc.Arbitrary<Case> {
  return fc
    .record({
      label: fc.constantFrom('Assessment', 'Größe', 'Results: 1'),
      url: fc.constantFrom('https://results.example/1', 'https://results.example/?a=b&c=%20#d'),
      prefix: fc.constantFrom('Acme:', 'Größe'),
      attributes: fc
        .array(fc.record({ key: words, value: words }), { minLength: 1, maxLength: 3 })
        .map((attributes) => [attributes, { key: 'Level', value: 'C1 of 3' }].flat()),
    })
    .map(({ label, url, prefix, attributes }) => ({
      records: applicant,
      actions: [
        { operation, path, body: { label, url } },
        {
          operation,
          path,
          body: { label: `${label} 2`, url, details: { custom_field_name_prefix: prefix, attributes } },
        },
      ],
    }));
}

/**
 * Compares the written note with the link.
 *
 * @param candidateId the candidate's id at Gem; without one, nothing has to be written
 */
export function judgeLink(result: ActionResult, candidateId: string | null | undefined, run: Run): Check[] {
  if (candidateId === null || candidateId === undefined) return [];
  if (!isDone(result)) return mustSucceed(result);
  const notes = created(result, 'notes').filter((note) => note.candidate_id === candidateId);
  // A repeated call need not write a second note.
  const isAgain = resultsBefore(result, run).some(
    (one) => JSON.stringify(one.sent) === JSON.stringify(result.sent),
  );
  if (isAgain && notes.length === 0) return [];
  if (notes.length !== 1) return same('new notes about the candidate', notes.length, 1);
  return notes.flatMap(({ body }) =>
    partsOf(linkOf(result)).flatMap((part) =>
      check(flat(body).includes(flat(part)), { what: 'the note', expected: `… ${flat(part)} …`, got: body }),
    ),
  );
}

/** A text without differences in blanks and line ends, which a note may change. */
export function flat(text: string): string {
  return text.replaceAll(/[\p{C}\s]+/gu, ' ').trim();
}

/** The link of an action. */
function linkOf({ sent }: Pick<ActionResult, 'sent'>): Body {
  // All cases send bodies of the unified API.
  return sent.body as Body;
}

function partsOf({ label, url, details }: Body): string[] {
  const { custom_field_name_prefix: prefix = '', attributes = [] } = details ?? {};
  return [label, url, ...attributes.flatMap(({ key, value }) => [`${prefix} ${key}`, value])];
}

/** A connector that writes a changed link. */
export function linksWrong(name: string, operation: string, change: (body: Body) => Body): Mutant {
  return actsWrong(name, [operation], (call: ActionCall, right) =>
    // All cases send bodies of the unified API.
    right.act({ ...call, body: change(call.body as Body) }),
  );
}
