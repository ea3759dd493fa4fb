import { judgeLink, linkCases, linksWrong } from '../support/result-links.ts';
import { writingRule } from '../../harness/rule.ts';

const add = 'addAtsApplicationResultLink';

export default writingRule({
  statement:
    'a result link to an application becomes one note about its candidate, with its label, its address and all attributes under their prefix',
  evidence: { grade: 'assumed', source: 'kombo-unified-api §3.4, §8 #8' },
  of: [add],
  needs: [add],
  inputs: [
    'application_id',
    'label',
    'url',
    'details.custom_field_name_prefix',
    'details.attributes.key',
    'details.attributes.value',
  ],
  cases: linkCases(add, { application_id: 'application-1' }),
  judge(result, run) {
    const { gem, unified } = run.last;
    const item = unified.applications.find(({ id }) => id === result.sent.path['application_id']);
    const application = gem.applications.find(({ id }) => id === item?.remote_id);
    return judgeLink(result, application?.candidate_id, run);
  },
  mutants: [
    linksWrong('label left out', add, (body) => ({ ...body, label: 'Result' })),
    linksWrong('the first attribute only', add, ({ details, ...body }) => ({
      ...body,
      ...(details && { details: { ...details, attributes: details.attributes.slice(0, 1) } }),
    })),
  ],
});
