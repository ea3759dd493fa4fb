import * as fc from 'fast-check';
import { creates, inputOf, isInvalidFile, requestedJob } from '../support/create-input.ts';
import { createCases, file } from '../cases/creates.ts';
import { actsWrong } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { problemOf } from '../support/action-mutants.ts';
import { mustBeRefused } from '../support/results.ts';
import type { ActionAnswer, ActionCall } from '../../harness/adapter.ts';
import type { CreateInput } from '../support/create-input.ts';
import type { RightConnector } from '../support/mutants.ts';

const code = 'PLATFORM.INPUT_INVALID';
const { content_type, data } = file('a page');
const cv = { name: 'cv.pdf', type: 'CV' };
const data_url = 'https://files.example/cv.pdf';

const bad = fc
  .constantFrom<object[]>(
    { content_type, data: 'no base64 %' },
    { data },
    { content_type, data, data_url },
    { content_type },
  )
  .map((one) => Object.assign({}, cv, one));
const good = { ...cv, content_type, data };

export default writingRule({
  statement: 'a file that cannot be used is refused as invalid input before anything is written',
  evidence: { grade: 'assumed', source: 'kombo-unified-api §3.1' },
  of: creates,
  needs: creates,
  inputs: ['attachments.content_type', 'attachments.data_url', 'attachments.data'],
  cases: createCases(
    'bad-attachment-refused',
    fc.record({ file: bad, before: fc.boolean(), after: fc.boolean() }).map(({ file, before, after }) => ({
      more: { attachments: [...(before ? [good] : []), file, ...(after ? [good] : [])] },
    })),
  ),
  judge(result, run) {
    const isBad = (inputOf(result).attachments ?? []).some(isInvalidFile);
    return isBad && requestedJob(result, run)?.status === 'open' ? mustBeRefused(result, code) : [];
  },
  mutants: [
    actsWrong('the file looked at too late', creates, async (call, right) => {
      const answer = await right.act();
      if (problemOf(answer) === code && hasBadFile(call)) await withoutBadFiles(call, right);
      return answer;
    }),
    actsWrong('bad files left out', creates, async (call, right) => {
      const answer = await right.act();
      return problemOf(answer) === code && hasBadFile(call) ? withoutBadFiles(call, right) : answer;
    }),
  ],
});

function hasBadFile({ body }: ActionCall): boolean {
  // All cases send bodies of the unified API.
  return ((body as CreateInput).attachments ?? []).some(isInvalidFile);
}

function withoutBadFiles(call: ActionCall, right: RightConnector): Promise<ActionAnswer> {
  const body = call.body as CreateInput;
  const attachments = body.attachments?.filter((file) => !isInvalidFile(file)) ?? [];
  return right.act({ ...call, body: { ...body, attachments } });
}
