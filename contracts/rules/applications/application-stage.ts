import * as fc from 'fast-check';
import { applicants } from '../cases/people.ts';
import { isThere } from '../support/lists.ts';
import { changesList, gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule, type Check } from '../../harness/rule.ts';
import { same } from '../support/compare.ts';

export default readingRule({
  statement:
    "an application's `current_stage_id` and `current_stage` name the stage that it stands in at Gem; a rejected one keeps its stage",
  evidence: {
    grade: 'documented',
    source: 'kombo-unified-api §2.4, §5.8; that it is kept: gem-ats-api §3.2',
  },
  of: 'applications',
  becomes: 'applications',
  needs: ['applications.current_stage_id', 'applications.current_stage'],
  cases: applicants(
    fc
      .constantFrom('HM Interview', 'Onsite')
      .map((stage) => ({ application: { status: 'rejected', current_stage_id: stage } })),
    fc.constantFrom('Offer', null).map((stage) => ({
      application: { status: 'hired', current_stage_id: stage },
    })),
    fc.constant({ application: { current_stage_id: 'Onsite' } }),
    fc.constant({ later: (application) => ({ do: 'move', application, stage: 'Technical Assessment' }) }),
    fc.constant({ application: { current_stage_id: null } }),
  ),
  judge({ gem, unified, all }): Check[] {
    const expected = gem.current_stage?.id ?? null;
    const { current_stage_id: id, current_stage: stage } = unified;
    if ((stage?.id ?? id) !== id) return [{ what: 'current_stage.id', expected: id, got: stage?.id }];
    if ((id === null) !== (expected === null)) return [{ what: 'current_stage_id', expected, got: id }];
    // A stage that no longer exists at Gem may be shown by its id alone.
    if (stage === null && !isThere(all.job_stages, expected)) return [];
    return same('current_stage.remote_id', stage?.remote_id ?? null, expected);
  },
  mutants: [
    changesList('rejected ones without a stage', 'applications', (items, _gem, query) =>
      items
        .map((item) =>
          item.outcome === 'DECLINED'
            ? Object.assign(structuredClone(item), { current_stage_id: null, current_stage: null })
            : item,
        )
        .filter((item) => item.current_stage_id !== null || query['current_stage_ids'] === undefined),
    ),
    showsWrong('another stage beside the id', 'applications', (application, gem) => {
      const stage = gemRecord(gem, 'job_stages', application.current_stage?.remote_id ?? null);
      const other = gem.job_stages.find((one) => one.job_id === stage?.job_id && one.id !== stage.id);
      if (application.current_stage && other) application.current_stage.remote_id = other.id;
      return application;
    }),
  ],
});
