import { applicationActivities } from './activities/applications.ts';
import { candidateActivities } from './activities/candidates.ts';
import { interviewActivities } from './activities/interviews.ts';
import { jobActivities } from './activities/jobs.ts';
import type { Activity } from './scene.ts';

/** All that recruiters do by themselves. */
export const activities: readonly Activity[] = [
  ...applicationActivities,
  ...candidateActivities,
  ...interviewActivities,
  ...jobActivities,
];
