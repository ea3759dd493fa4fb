// Jobs whose stages stand in no plain order.
import * as fc from 'fast-check';
import type { CaseRecord } from '../case.ts';

/** Two open jobs: `job-1` with `stage-1` to `stage-3`, and `job-2` with `stage-4` and `stage-5`. */
export const twoPipelines: fc.Arbitrary<Readonly<Record<string, readonly CaseRecord[]>>> = fc
  .record({
    priorities: fc.constantFrom([0, 1, 2], [2, 1, 0], [40, 0, 90]),
    names: fc.constantFrom(['Screening', 'Trial Day', 'Offer'], ['Interview', 'Interview', '東京']),
    isBusy: fc.boolean(),
  })
  .map(({ priorities, names, isBusy }) => ({
    jobs: [
      { as: 'job-1', name: 'Lens Grinder' },
      { as: 'job-2', name: 'Optician' },
    ],
    job_stages: [
      ...priorities.map((priority, index) => ({
        as: `stage-${index + 1}`,
        job_id: 'job-1',
        name: names[index],
        priority,
      })),
      { as: 'stage-4', job_id: 'job-2', name: names[0], priority: 0, active: !isBusy },
      { as: 'stage-5', job_id: 'job-2', name: names[2], priority: 1 },
    ],
  }));
