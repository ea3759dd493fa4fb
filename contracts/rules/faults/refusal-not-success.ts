import * as fc from 'fast-check';
import { onWrites, wasStruck, writes, writesUnder } from '../cases/faults.ts';
import { writingRule } from '../../harness/rule.ts';
import { doneAnswer, problemOf } from '../support/action-mutants.ts';
import { links, move } from '../support/allowed-writes.ts';
import { check } from '../support/compare.ts';
import { actsWrong } from '../support/mutants.ts';
import { isDone } from '../support/results.ts';

const refusals = fc
  .constantFrom(400, 403, 404, 409, 422)
  .map((status) => onWrites({ fault: 'status', status, times: 'always' }));

export default writingRule({
  statement: 'what Gem refuses to write is not answered with success',
  evidence: {
    grade: 'documented',
    source: 'kombo-unified-api §3.2: a refusal of Gem is REMOTE.INPUT_INVALID; §1.3',
  },
  of: writes,
  isOfFaults: true,
  needs: writes,
  cases: writesUnder('refusal-not-success', refusals),
  judge(result) {
    const { requests, changes } = result;
    const refused = requests.filter(({ method, status }) => method !== 'GET' && (status ?? 0) >= 400);
    const isWritten = Object.values(changes).some((records) => records.length > 0);
    if (!wasStruck(result) || refused.length === 0 || isWritten) return [];
    const statuses = refused.map(({ operation, status }) => `${operation} was answered ${status}`);
    return check(!isDone(result), {
      what: 'the answer',
      expected: `no success: ${statuses.join(', ')}`,
      got: 'success',
    });
  },
  mutants: [
    actsWrong('a refusal answered as success', [move, ...links], async (_call, right) => {
      const answer = await right.act();
      return String(problemOf(answer)).startsWith('REMOTE.') ? doneAnswer : answer;
    }),
  ],
});
