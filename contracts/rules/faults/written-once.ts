import * as fc from 'fast-check';
import { onUploads, onWrites, uploadsUnder, wasStruck, writes, writesUnder } from '../cases/faults.ts';
import { writingRule, type Check } from '../../harness/rule.ts';
import type { Case } from '../../harness/case.ts';
import { doneAnswer, idOfCall, refusal } from '../support/action-mutants.ts';
import { links, move } from '../support/allowed-writes.ts';
import { check, same } from '../support/compare.ts';
import { inputOf } from '../support/create-input.ts';
import { actsWrong } from '../support/mutants.ts';
import { answerOf, created, isDone } from '../support/results.ts';
import type { ActionResult } from '../../harness/run.ts';

/** Gem did what it was asked for, and its answer does not arrive, or says nothing. */
const lost = fc.constantFrom(
  { fault: 'connection_reset', when: 'after' } as const,
  { fault: 'status', status: 502, when: 'after' } as const,
  { fault: 'status', status: 504, when: 'after' } as const,
  { fault: 'truncated_body' } as const,
  { fault: 'malformed_body' } as const,
  { fault: 'wrong_content_type' } as const,
);

/** Gem did nothing: it is throttled, or cannot be reached. */
const turnedAway = fc.constantFrom(
  { fault: 'status', status: 429 } as const,
  { fault: 'status', status: 503 } as const,
  { fault: 'connection_reset' } as const,
);

const either = fc.oneof({ weight: 3, arbitrary: lost }, { weight: 1, arbitrary: turnedAway });

export default writingRule({
  statement:
    'a write whose answer is lost happens once: it is not made again blindly, and success means that it is there',
  evidence: {
    grade: 'assumed',
    source:
      'kombo-unified-api §3.2: no answer is retried, and what was there before is never told of what is new',
  },
  of: writes,
  isOfFaults: true,
  needs: writes,
  cases: fc
    .tuple(
      writesUnder('written-once', either.map(onWrites)),
      uploadsUnder('written-once', lost.map(onUploads)),
    )
    .map(([plain, files]): Case => ({
      records: plain.records,
      actions: [...(plain.actions ?? []), ...(files.actions ?? [])],
    })),
  judge(result) {
    // What was refused is told by another rule.
    if (!wasStruck(result) || isRefused(result)) return [];
    const code = answerOf(result).error?.code;
    const isCreate = result.action.operation.startsWith('create');
    return [
      ...judgeCounts(result),
      ...(isCreate
        ? check(code !== 'ATS.APPLICATION_ALREADY_EXISTS', {
            what: 'the code of the answer',
            expected: 'not that of an application from before',
            got: code,
          })
        : []),
    ];
  },
  mutants: [
    actsWrong('a lost answer tried again blindly', ['addAtsCandidateResultLink'], async (call, right) => {
      const person = (await right.list('candidates')).find(({ id }) => id === idOfCall(call));
      if (!person) return right.act();
      const path = { candidate_id: person.remote_id ?? '' };
      const body = { user_id: right.account.actingUserId, body: textOf(call.body), visibility: 'public' };
      const send = async () => {
        const answer = await right.gem('createNote', { path, body });
        await answer.json();
        return answer.status;
      };
      const first = await send().catch(() => 500);
      const last = first < 500 ? first : await send().catch(() => 500);
      return last < 300 ? doneAnswer : refusal('REMOTE.INPUT_INVALID');
    }),
  ],
});

/** Whether Gem has refused all that it was asked to write, so that nothing was lost on the way. */
function isRefused({ requests }: ActionResult): boolean {
  const asked = requests.filter(({ method }) => method !== 'GET').map(({ status }) => status ?? 0);
  return asked.every((status) => status >= 400 && status < 500 && status !== 429);
}

/** How much there is at Gem now that was not there before. */
function judgeCounts(result: ActionResult): Check[] {
  const { operation } = result.action;
  if (operation === move) {
    const moves = result.changes.changed.filter(({ fields }) => 'current_stage_id' in fields);
    return isDone(result) ? same('applications in another stage', moves.length, 1) : [];
  }
  if (links.includes(operation)) return count(result, 'notes', 1);
  const files = inputOf(result).attachments?.length ?? 0;
  const uploaded = created(result, 'attachments').length;
  return [
    ...count(result, 'candidates', 1),
    ...count(result, 'applications', 1),
    // A file that is missing is told by another rule.
    ...check(uploaded <= files, { what: 'new attachments', expected: `${files} at most`, got: uploaded }),
  ];
}

/** After a success, there is as much as was asked for; otherwise there may be nothing. */
function count(
  result: ActionResult,
  resource: 'notes' | 'candidates' | 'applications',
  asked: number,
): Check[] {
  const got = created(result, resource).length;
  const isRight = isDone(result) ? got === asked : got <= asked;
  const expected = isDone(result) ? asked : `${asked} at most`;
  return check(isRight, { what: `new ${resource}`, expected, got });
}

/** The link as a note. */
function textOf(body: unknown): string {
  const { label, url } = Object(body);
  return `${label}: ${url}`;
}
