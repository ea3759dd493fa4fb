import { flat, linkCases } from '../support/result-links.ts';
import { actsWrong } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { idOfCall } from '../support/action-mutants.ts';
import { created } from '../support/results.ts';
import { check } from '../support/compare.ts';

const add = 'addAtsApplicationResultLink';

export default writingRule({
  statement: "the note of an application's result link names the job",
  evidence: { grade: 'assumed', source: 'kombo-unified-api §8 #8' },
  of: [add],
  needs: [add],
  cases: linkCases(add, { application_id: 'application-1' }),
  judge(result, { last }) {
    const item = last.unified.applications.find(({ id }) => id === result.sent.path['application_id']);
    const job = last.gem.applications.find(({ id }) => id === item?.remote_id)?.jobs[0];
    if (!job) return [];
    return created(result, 'notes').flatMap(({ body }) =>
      check(flat(body).includes(flat(job.name)), {
        what: 'the note',
        expected: `… ${job.name} …`,
        got: body,
      }),
    );
  },
  mutants: [
    actsWrong('linked to the candidate', [add], async (call, right) => {
      const application = (await right.list('applications')).find(({ id }) => id === idOfCall(call));
      if (!application?.candidate_id) return right.act();
      const path = `/ats/candidates/${application.candidate_id}/result-links`;
      return right.act({ ...call, operation: 'addAtsCandidateResultLink', path });
    }),
  ],
});
