import type { Edit } from '../../seeds/index.ts';
import { applicationActivities } from './activities/applications.ts';
import { candidateActivities } from './activities/candidates.ts';
import { interviewActivities } from './activities/interviews.ts';
import { jobActivities } from './activities/jobs.ts';
import type { Scene } from './scene.ts';

/** One kind of thing that recruiters do. */
export interface Activity {
  name: string;
  /** How often it happens, against the others. */
  weight: number;
  /** The edits that do it somewhere in a world; undefined where it is not possible now. */
  plan: (scene: Scene) => Edit[] | undefined;
}

/** All that recruiters do by themselves. */
export const activities: readonly Activity[] = [
  ...applicationActivities,
  ...candidateActivities,
  ...interviewActivities,
  ...jobActivities,
];
