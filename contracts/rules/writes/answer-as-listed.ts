import * as fc from 'fast-check';
import { creates } from '../support/create-input.ts';
import { createCases, file, type CreateFields } from '../cases/creates.ts';
import { applicant } from '../cases/stages.ts';
import { same } from '../support/compare.ts';
import { actsWrong } from '../support/mutants.ts';
import { writingRule, type Check } from '../../harness/rule.ts';
import { answerOf, isDone } from '../support/results.ts';

const plain = { candidate: { company: 'Acme', title: 'Optician', phone_number: '+43 1 5550' } };

export default writingRule({
  statement: 'a create call answers with the record as its list shows it right afterwards, field by field',
  evidence: {
    grade: 'documented',
    source: 'kombo-unified-api §3.2; that the two are the same at once is assumed',
  },
  of: creates,
  needs: creates,
  comparesLists: true,
  // Some inputs, and all of them together, by both operations: the rules about each input look at these calls as well.
  cases: createCases(
    'answer-as-listed',
    fc.constant([{}, plain, everything('first'), everything('second')]),
    {
      jobs: applicant.jobs,
      job_stages: applicant.job_stages,
      sources: [{ as: 'source-1', public_name: 'All at once' }],
    },
  ),
  judge(result) {
    const { data = {} } = answerOf(result);
    if (!isDone(result)) return [];
    const { applications, candidates } = result.shown;
    if (result.action.operation === 'createAtsCandidate') return compare('data', data, candidates);
    const { candidate } = data;
    return [
      ...compare('data', data, applications),
      ...(typeof candidate === 'object' && candidate !== null
        ? compare('data.candidate', candidate, candidates)
        : []),
    ];
  },
  mutants: [
    actsWrong('the answer without its details', creates, async (_call, right) => {
      const answer = await right.act();
      const body = answerOf({ answer: answer.body });
      if (answer.status !== 200 || !body.data) return answer;
      const { title: _title, outcome: _outcome, ...data } = body.data;
      return { ...answer, body: { ...body, data } };
    }),
  ],
});

/** Every input that Gem has a place for. @param handle a word that no other person's profile has */
function everything(handle: string): CreateFields {
  return {
    stage: 'stage-2',
    candidate: {
      ...plain.candidate,
      social_links: [{ url: `https://www.linkedin.com/in/answer-as-listed-${handle}` }],
    },
    more: {
      attachments: [{ name: `Zeugnis ${handle} Ž.pdf`, type: 'CV', ...file(`all at once, ${handle}`) }],
      source: { name: 'All at once' },
    },
  };
}

/** Compares the fields that both have to have. A record that is not listed is the matter of another rule. */
function compare(
  where: string,
  shown: object,
  items: readonly { id: string; remote_id: string | null }[],
): Check[] {
  const item = items.find(
    ({ remote_id }) => remote_id !== null && remote_id === Reflect.get(shown, 'remote_id'),
  );
  if (!item) return [];
  return Object.entries(item)
    .filter(([key]) => !onlyListed.has(key) && !(key === 'applications' && where === 'data.candidate'))
    .flatMap(([key, expected]: [string, unknown]) => {
      const got: unknown = Reflect.get(shown, key);
      // A nested record may have more fields in the answer than in the list.
      return idOf(expected) === undefined
        ? same(`${where}.${key}`, got, expected)
        : same(`${where}.${key}.id`, idOf(got), idOf(expected));
    });
}

function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, 'id') : undefined;
}

/** Lists that the answer to a new application does not have (kombo-unified-api §3.2). */
const onlyListed = new Set(['interviews', 'offers', 'remote_data', 'changed_at']);
