import * as fc from 'fast-check';
import { creates } from '../support/create-input.ts';
import { createCases } from '../cases/creates.ts';
import { same } from '../support/compare.ts';
import { actsWrong } from '../support/mutants.ts';
import { writingRule, type Check } from '../../harness/rule.ts';
import { answerOf, isDone } from '../support/results.ts';

export default writingRule({
  statement: 'a create call answers with the record as its list shows it right afterwards, field by field',
  evidence: {
    grade: 'documented',
    source: 'kombo-unified-api §3.2; that the two are the same at once is assumed',
  },
  of: creates,
  needs: creates,
  comparesLists: true,
  cases: createCases(
    'answer-as-listed',
    fc.constant([
      { candidate: { company: 'Acme', title: 'Optician', phone_number: '+43 1 5550' } },
      {
        candidate: {
          company: 'Acme',
          social_links: [{ url: 'https://www.linkedin.com/in/answer-as-listed' }],
        },
      },
    ]),
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
