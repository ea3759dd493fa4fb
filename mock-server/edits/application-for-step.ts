import type { RecordTypes } from '../../seeds/index.ts';
import { steps, wrongStart } from '../resources/ats/lifecycle/transition.ts';
import { refusal, type Editing } from './editing.ts';
import { livingNamed } from './named-records.ts';

/**
 * The application that a step of its life is about, for a recruiter.
 *
 * @throws EditProblem that says what has to happen before
 */
export function applicationForStep(
  editing: Editing,
  step: keyof typeof steps,
  name: string,
): RecordTypes['applications'] {
  const application = livingNamed(editing, 'applications', name, ['application']);
  const { status } = application;
  if (status === steps[step].from) return application;
  throw refusal(
    editing,
    ['application'],
    `${wrongStart(steps[step])} "${name}" is ${status}; ${advice[status]}.`,
  );
}

const advice = {
  active: 'reject it first',
  rejected: 'unreject it first',
  hired: 'change its status first',
} satisfies Record<RecordTypes['applications']['status'], string>;
