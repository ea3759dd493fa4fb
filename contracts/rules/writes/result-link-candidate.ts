import { judgeLink, linkCases, linksWrong } from '../support/result-links.ts';
import { actsWrong } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { idOfCall } from '../support/action-mutants.ts';

const add = 'addAtsCandidateResultLink';

export default writingRule({
  statement:
    'a result link to a candidate becomes one note about them, with its label, its address and all attributes under their prefix',
  evidence: { grade: 'assumed', source: 'kombo-unified-api §3.4, §8 #8' },
  of: [add],
  needs: [add],
  inputs: [
    'candidate_id',
    'label',
    'url',
    'details.custom_field_name_prefix',
    'details.attributes.key',
    'details.attributes.value',
  ],
  cases: linkCases(add, { candidate_id: 'person-1' }),
  judge(result, run) {
    const { candidates } = run.last.unified;
    const person = candidates.find(({ id }) => id === result.sent.path['candidate_id']);
    return judgeLink(result, person?.remote_id, run);
  },
  mutants: [
    linksWrong('attributes left out', add, ({ details: _left, ...body }) => body),
    linksWrong('attributes without their prefix', add, ({ details, ...body }) => ({
      ...body,
      ...(details && { details: { ...details, custom_field_name_prefix: '' } }),
    })),
    actsWrong('a second note', [add], async (call, right) => {
      const answer = await right.act();
      const person = (await right.list('candidates')).find(({ id }) => id === idOfCall(call));
      if (answer.status !== 200 || !person) return answer;
      const body = { user_id: right.account.actingUserId, body: 'has results', visibility: 'public' };
      await right.gem('createNote', { path: { candidate_id: person.remote_id }, body });
      return answer;
    }),
  ],
});
