import * as fc from 'fast-check';
import { findStage } from '../support/create-input.ts';
import { applicant } from '../cases/stages.ts';
import { applicationToMove, requestedStage } from '../support/records-before.ts';
import { actsWrong, wrapConnector } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { idOfCall } from '../support/action-mutants.ts';
import { isDone, mustSucceed, warningsOf } from '../support/results.ts';
import type { GemSchemas } from '../../gem.ts';
import { same } from '../support/compare.ts';

const move = 'moveAtsApplicationToStage';

export default writingRule({
  statement:
    'a moved application stands in the stage that the call names, at Gem and at once in the list of applications',
  evidence: { grade: 'documented', source: 'kombo-gem-connector §2; that it is shown at once is assumed' },
  of: [move],
  needs: [move],
  inputs: ['application_id', 'stage_id'],
  // The first stage is the current one: a move there is allowed too.
  cases: fc
    .array(fc.constantFrom('stage-2', 'stage-3', 'stage-1'), { minLength: 1, maxLength: 3 })
    .map((stages) => ({
      records: applicant,
      actions: stages.map((stage) => ({
        operation: move,
        path: { application_id: 'application-1' },
        body: { stage_id: { unified: stage } },
      })),
    })),
  judge(result, run) {
    const application = applicationToMove(result, run);
    const stage = findStage(requestedStage(result), run);
    if (application?.status !== 'active' || stage?.job_id !== application.job_id || !stage?.active) return [];
    if (!isDone(result)) return mustSucceed(result);
    const change = result.changes.changed.find(({ id }) => id === application.id)?.fields['current_stage_id'];
    const got = change ? change.after : application.stage_id;
    const shown = result.shown.applications.find(({ remote_id }) => remote_id === application.id);
    // A connector that cannot show it before the next sync says so.
    const isShown =
      warningsOf(result).length > 0
        ? []
        : same('the stage that is shown at once', shown?.current_stage?.remote_id, stage.id);
    return [...same('the stage at Gem', got, stage.id), ...isShown];
  },
  mutants: [
    {
      name: 'shown in its new stage from the next sync on',
      break: (connector) => {
        const old = new Map<string, unknown>();
        return wrapConnector(connector, {
          async sync(account, type) {
            await connector.sync(account, type);
            old.clear();
          },
          async act(account, call) {
            const before = call.operation === move ? await connector.list(account, 'applications', {}) : [];
            for (const { id, current_stage: stage } of before) if (id === idOfCall(call)) old.set(id, stage);
            return connector.act(account, call);
          },
          async list(account, list, query) {
            const items = await connector.list(account, list, query);
            return items.map((item) =>
              old.has(item.id) ? Object.assign({}, item, { current_stage: old.get(item.id) }) : item,
            ) as typeof items;
          },
        });
      },
    },
    actsWrong('one stage too far', [move], async (call, right) => {
      const answer = await right.act();
      const moved = (await right.list('applications')).find(({ id }) => id === idOfCall(call));
      if (answer.status !== 200 || !moved?.remote_id) return answer;
      const path = { application_id: moved.remote_id };
      // Other tests check Gem's answers against their description.
      const { current_stage } = (await (
        await right.gem('getApplication', { path })
      ).json()) as GemSchemas['Application'];
      const body = { user_id: right.account.actingUserId, from_stage_id: current_stage?.id };
      await right.gem('advanceApplication', { path, body });
      return answer;
    }),
  ],
});
