import * as fc from 'fast-check';
import { creates } from '../support/create-input.ts';
import { createCases } from '../cases/creates.ts';
import { same } from '../support/compare.ts';
import { wrapConnector } from '../support/mutants.ts';
import { writingRule, type Mutant, type Check } from '../../harness/rule.ts';
import { answerOf, created, isDone } from '../support/results.ts';
import type { ActionResult } from '../../harness/run.ts';

export default writingRule({
  statement:
    'a create call answers with the records that it made, and the lists show them at once and after the next sync',
  evidence: { grade: 'documented', source: 'kombo-unified-api §3.2; that they are shown at once is assumed' },
  of: creates,
  needs: creates,
  cases: createCases('answer-shows-written', fc.constant([{}, {}])),
  judge(result, { after }) {
    const [application] = isDone(result) ? created(result, 'applications') : [];
    if (!application) return [];
    return [
      ...judgeAnswer(result, application),
      ...judgeLists('the lists right afterwards', result.shown, application),
      ...judgeLists('the lists after the next sync', after.unified, application),
    ];
  },
  mutants: [
    hides('shown from the next sync on', (syncs) => syncs === 0),
    hides('forgotten at the next sync', (syncs) => syncs > 0),
  ],
});

interface Written {
  id: string;
  candidate_id: string;
}

/** The record that the answer of each action shows. */
function judgeAnswer(result: ActionResult, { id, candidate_id }: Written): Check[] {
  const { data = {} } = answerOf(result);
  const isApplication = result.action.operation === 'createAtsApplication';
  const remoteId = isApplication ? id : candidate_id;
  const items: readonly { id: string; remote_id: string | null }[] =
    result.shown[isApplication ? 'applications' : 'candidates'];
  const item = items.find(({ remote_id }) => remote_id === remoteId);
  return [
    ...same('data.remote_id', data['remote_id'], remoteId),
    ...(item ? same('data.id', data['id'], item.id) : []),
  ];
}

function judgeLists(
  where: string,
  { candidates, applications }: ActionResult['shown'],
  { id, candidate_id }: Written,
): Check[] {
  const isThere = applications.some(({ remote_id }) => remote_id === id);
  const isPersonThere = candidates.some(({ remote_id }) => remote_id === candidate_id);
  return [
    ...same(`whether ${where} have the application`, isThere, true),
    ...same(`whether ${where} have the candidate`, isPersonThere, true),
  ];
}

/** A connector that does not list the applications created through it, after some of the later syncs. */
function hides(name: string, isHidden: (syncsSince: number) => boolean): Mutant {
  return {
    name,
    break: (connector) => {
      const syncs = new Map<unknown, number>();
      return wrapConnector(connector, {
        async sync(account, type) {
          await connector.sync(account, type);
          for (const [id, count] of syncs) syncs.set(id, count + 1);
        },
        async act(account, call) {
          const answer = await connector.act(account, call);
          const isMade = call.operation === 'createAtsApplication' && answer.status === 200;
          if (isMade) syncs.set(answerOf({ answer: answer.body }).data?.['id'], 0);
          return answer;
        },
        async list(account, list, query) {
          const items = await connector.list(account, list, query);
          return items.filter(({ id }) => !(syncs.has(id) && isHidden(syncs.get(id) ?? 0)));
        },
      });
    },
  };
}
