import { describe, expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { jobNamed, setScene, type Application, type Scene } from './support.ts';

/** All that the model knows of an application. Stages are counted along the job's pipeline. */
interface State {
  status: Application['status'];
  job: number;
  stage: number;
}

type Step =
  | { name: 'move'; stage: number; isStale: boolean }
  | { name: 'advance'; isStale: boolean }
  | { name: 'transfer_to_job'; job: number; stage: number | undefined }
  | { name: 'reject' | 'change' | 'unreject' | 'hire' };

/** The pure model: what a step makes of an application whose jobs have so many stages, or undefined when it is refused. */
function next(state: State, step: Step, stageCounts: readonly number[]): State | undefined {
  const needed = step.name === 'change' || step.name === 'unreject' ? 'rejected' : 'active';
  if (state.status !== needed) return undefined;
  switch (step.name) {
    case 'move':
      return step.isStale ? undefined : { ...state, stage: step.stage };
    case 'advance': {
      const isLast = state.stage + 1 >= (stageCounts[state.job] ?? 0);
      return step.isStale || isLast ? undefined : { ...state, stage: state.stage + 1 };
    }
    case 'transfer_to_job':
      return step.job === state.job ? undefined : { ...state, job: step.job, stage: step.stage ?? 0 };
    case 'reject':
      return { ...state, status: 'rejected' };
    case 'change':
      return state;
    case 'unreject':
      return { ...state, status: 'active' };
    case 'hire':
      return { ...state, status: 'hired' };
  }
}

// Both jobs of the scenario have seven stages that can be entered.
const stage = fc.nat({ max: 6 });
const isStale = fc.boolean();
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ name: fc.constant('move' as const), stage, isStale }) },
  { weight: 3, arbitrary: fc.record({ name: fc.constant('advance' as const), isStale }) },
  {
    weight: 2,
    arbitrary: fc.record({
      name: fc.constant('transfer_to_job' as const),
      job: fc.nat({ max: 1 }),
      stage: fc.option(stage, { nil: undefined }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ name: fc.constantFrom('reject', 'reject', 'change', 'unreject', 'hire') }),
  },
);

describe('an application', () => {
  test.prop([fc.array(step, { minLength: 1, maxLength: 12 })], { numRuns: 40, includeErrorInReport: true })(
    'stands where a model of a few lines says, whatever is asked of it',
    async (steps) => {
      const scene = (shared ??= await setScene());
      const jobs = ['Senior Backend Engineer', 'Account Executive '].map((wanted) => jobNamed(scene, wanted));
      const pipelines = jobs.map((job) => scene.stages(job));
      const counts = pipelines.map(({ length }) => length);
      const stageAt = ({ job, stage }: { job: number; stage: number }) => pipelines[job]?.[stage];
      let application = await scene.applicant(jobs[0] ?? { id: '' });
      let state: State = { status: 'active', job: 0, stage: 0 };
      for (const asked of steps) {
        scene.clock.advance(1000);
        const { status } = await scene.step(application, asked.name, bodyOf(asked));
        const after = next(state, asked, counts);
        expect(status).toBe(after ? 200 : 400);
        const before = application;
        application = await scene.application(application.id);
        // A refusal changes nothing, not even a time.
        if (!after) expect(application).toEqual(before);
        state = after ?? state;
        expect(application).toMatchObject({
          status: state.status,
          current_stage: stageAt(state),
          jobs: [{ id: jobs[state.job]?.id }],
        });
        expect('rejected_at' in application).toBe(state.status === 'rejected');
      }
      expect((await scene.candidate(application.candidate_id)).applications).toEqual([application]);

      function bodyOf(asked: Step): object {
        const from = (isStale: boolean) => (isStale ? 'stale' : stageAt(state)?.id);
        switch (asked.name) {
          case 'move':
            return {
              from_stage_id: from(asked.isStale),
              to_stage_id: stageAt({ job: state.job, stage: asked.stage })?.id,
            };
          case 'advance':
            return { from_stage_id: from(asked.isStale) };
          case 'transfer_to_job':
            return {
              new_job_id: jobs[asked.job]?.id,
              new_stage_id: asked.stage === undefined ? undefined : stageAt(toStage(asked))?.id,
            };
          case 'change':
            return { rejection_reason_id: scene.find('rejection_reasons').id };
          default:
            return {};
        }
      }
    },
  );
});

function toStage({ job, stage }: { job: number; stage: number | undefined }): { job: number; stage: number } {
  return { job, stage: stage ?? 0 };
}

// One emulator for all runs: each brings somebody new.
let shared: Scene | undefined;
