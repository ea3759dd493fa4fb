import { judgeLink, linking, linksWrong } from '../support/result-links.ts';
import { writingRule } from '../../harness/rule.ts';

const add = 'addAtsApplicationResultLink';

export default writingRule({
  statement:
    'a result link to an application becomes one note about its candidate, with its label, its address and all attributes under their prefix',
  evidence: { grade: 'assumed', source: 'kombo-unified-api §3.4, §8 #8' },
  of: [add],
  needs: [add],
  cases: linking(add, { application_id: 'application-1' }),
  judge(act, course) {
    const { gem, unified } = course.last;
    const item = unified.applications.find(({ id }) => id === act.sent.path['application_id']);
    const application = gem.applications.find(({ id }) => id === item?.remote_id);
    return judgeLink(act, application?.candidate_id, course);
  },
  mutants: [
    linksWrong('label left out', add, (body) => ({ ...body, label: 'Result' })),
    linksWrong('the first attribute only', add, ({ details, ...body }) => ({
      ...body,
      ...(details && { details: { ...details, attributes: details.attributes.slice(0, 1) } }),
    })),
  ],
});
