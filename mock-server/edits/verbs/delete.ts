import type { ResourceName } from '../../../seeds/index.ts';
import { bury } from '../../records/tombstones.ts';
import { refusal, type Editing, type Verb } from '../editing.ts';
import { isDefaultSource, sittersIn } from '../forbidden.ts';
import { livingNamed } from '../named-records.ts';

/** Deletes a record with what falls with it; all stay as tombstones. */
export const remove: Verb<'delete'> = (editing, { resource, record: name }) => {
  const { world, now } = editing;
  const { id } = livingNamed(editing, resource, name, ['record']);
  const source = resource === 'sources' ? world.store.get(resource, id) : undefined;
  if (source && isDefaultSource(source)) {
    const message = `"${source.public_name}" is one of Gem's own sources, which cannot be removed; delete another one`;
    throw refusal(editing, ['record'], message);
  }
  // A stage can be deleted only when no application sits in it (gem-ats-api §9).
  const sitting = resource === 'job_stages' ? sittersIn(world.store, id) : 0;
  if (sitting > 0) {
    const them = sitting === 1 ? 'the application that sits' : `the ${sitting} applications that sit`;
    throw refusal(editing, ['record'], `move ${them} in the stage to another one first`);
  }
  forgetScorecard(editing, resource, id);
  bury(world, resource, id, now);
  return { resource, id };
};

/** An interviewer whose scorecard was deleted has not handed one in. */
function forgetScorecard({ world, now }: Editing, resource: ResourceName, id: string): void {
  const card = resource === 'scorecards' ? world.store.get('scorecards', id) : undefined;
  const interview = card && world.store.get('scheduled_interviews', card.interview_id);
  if (!interview) return;
  const interviewers = interview.interviewers.map((one) =>
    one.scorecard_id === id ? { ...one, scorecard_id: null } : one,
  );
  world.store.put('scheduled_interviews', { ...interview, interviewers, updated_at: now });
}
