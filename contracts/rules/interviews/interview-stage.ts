import * as fc from 'fast-check';
import type { Case } from '../../harness/case.ts';
import { type State, throughout } from '../../harness/run.ts';
import { isDeleted } from '../support/lists.ts';
import { showsWrong, wrapConnector } from '../support/mutants.ts';
import { nameRecord, type Rule, type Verdict, right } from '../../harness/rule.ts';

/** Interviews of stages before and after the current one. */
const interviewsOfStages: fc.Arbitrary<Case> = fc
  .constantFrom('stage-1', 'stage-2', 'stage-3')
  .map((stands) => ({
    records: {
      jobs: [{ as: 'job-1' }],
      job_stages: [1, 2, 3].map((number) => ({
        as: `stage-${number}`,
        job_id: 'job-1',
        name: `Step ${number}`,
        priority: number - 1,
        interviews: [{ name: `Talk ${number}`, item_id: `place-of-talk-${number}` }],
      })),
      candidates: [{ as: 'candidate-1' }],
      applications: [
        { as: 'application-1', candidate_id: 'candidate-1', job_id: 'job-1', current_stage_id: stands },
      ],
      scheduled_interviews: [1, 2, 3].map((number) => ({
        as: `interview-${number}`,
        application_id: 'application-1',
        job_stage_interview_item_id: `place-of-talk-${number}`,
      })),
    },
  }));

const rule: Rule = {
  statement: "an interview's `stage_id` names the stage whose place the interview fills",
  evidence: {
    grade: 'observed',
    source: 'gem-ats-api §3.5, §3.7; that this is the stage meant is assumed, as is what holds without one',
  },
  concerns: 'reading',
  needs: ['interviews.stage_id'],
  wants: 'an item of interviews whose remote_id is that of an interview at Gem that fills a place of a stage',
  cases: interviewsOfStages,
  holds: ({ states }) =>
    throughout(
      states.filter(({ sync }) => sync === 'FULL'),
      judge,
    ),
  mutants: [
    showsWrong('no stage', 'interviews', (interview) => ({ ...interview, stage_id: null })),
    {
      name: 'first stage of the job',
      onlyShows: true,
      break: (connector) =>
        wrapConnector(connector, {
          async list(account, list, query) {
            const items = await connector.list(account, list, query);
            if (list !== 'interviews') return items;
            const jobs = await connector.list(account, 'jobs', { include_deleted: 'true' });
            const firstStages = new Map(jobs.map(({ id, stages }) => [id, stages[0]?.id ?? null] as const));
            // The condition above says that these are interviews.
            return items.map((item) => {
              const { application } = item as { application?: { job?: { id: string } | null } | null };
              const stage = firstStages.get(application?.job?.id ?? '') ?? null;
              return Object.assign(structuredClone(item), { stage_id: stage });
            });
          },
        }),
    },
  ],
};

export default rule;

function judge({ gem, unified, withDeleted }: State): Verdict[] {
  const remoteIds = new Map(withDeleted['application-stages'].map((one) => [one.id, one.remote_id] as const));
  return gem.scheduled_interviews.flatMap((record): Verdict[] => {
    const item = unified.interviews.find(({ remote_id: id }) => id === record.id);
    const holding = gem.job_stages.filter(
      (stage) =>
        !isDeleted(stage) &&
        stage.interviews.some(
          (one) => one.job_stage_interview_item_id === record.job_stage_interview_item_id,
        ),
    );
    // The facts say nothing about a stage that is gone.
    if (!item || holding.length === 0) return [];
    const got = item.stage_id === null ? null : (remoteIds.get(item.stage_id) ?? item.stage_id);
    if (holding.some(({ id }) => id === got)) return [right];
    const expected = holding.map(({ id }) => id).join(' or ');
    return [{ about: nameRecord('interviews', record), what: 'stage_id', expected, got }];
  });
}
