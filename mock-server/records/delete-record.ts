import type { RecordTypes, ResourceName } from '../../seeds/index.ts';
import type { RecordReference } from '../store/embedding.ts';
import type { Store } from '../store/store.ts';
import type { World } from '../world/world.ts';
import { recordActivityAround } from './activity.ts';

/**
 * Deletes a record with all that falls with it; everything stays as a tombstone (gem-ats-api §9). What was deleted
 * before has its old time still.
 */
export function deleteRecord(world: World, resource: ResourceName, id: string, now: string): void {
  const record = world.store.get(resource, id);
  if (!record || record.deleted_at !== null) return;
  for (const other of fallsWith(world.store, { resource, id }))
    deleteRecord(world, other.resource, other.id, now);
  recordActivityAround(world, resource, id, now);
  putTombstone(world.store, resource, id, now);
}

/**
 * What falls with a record. Only that a deleted candidate's applications go is inherited from Harvest; all the rest is
 * assumed: nothing is left that Gem could not show any more. A scorecard that was handed in outlives its interview.
 */
function fallsWith(store: Store, { resource, id }: RecordReference): RecordReference[] {
  const by = (name: ResourceName, index: string): RecordReference[] =>
    store
      .collection(name)
      .by(index, id)
      .map((record) => ({ resource: name, id: record.id }));
  switch (resource) {
    case 'candidates':
      return [
        ...by('applications', 'candidate_id'),
        ...by('attachments', 'candidate_id'),
        ...by('notes', 'candidate_id'),
      ];
    case 'jobs':
      return [
        ...by('applications', 'job_id'),
        ...by('job_posts', 'job_id'),
        ...by('job_stages', 'job_id'),
        ...by('openings', 'job_id'),
      ];
    case 'applications':
      return [
        ...by('scorecards', 'application_id'),
        ...by('scheduled_interviews', 'application_id'),
        ...by('offers', 'application_id'),
      ];
    case 'scheduled_interviews': {
      const application = store.get('scheduled_interviews', id)?.application_id ?? '';
      const cards = store.collection('scorecards').by('application_id', application);
      return cards
        .filter(({ interview_id, submitted_at }) => interview_id === id && submitted_at === null)
        .map((card) => ({ resource: 'scorecards', id: card.id }));
    }
    default:
      return [];
  }
}

function putTombstone<Name extends ResourceName>(store: Store, name: Name, id: string, now: string): void {
  const record = store.get(name, id);
  if (!record) return;
  const tombstone: RecordTypes[Name] = { ...record, ...switchedOff[name], deleted_at: now };
  for (const time of ['updated_at', 'last_activity', 'last_activity_at'] as const) {
    if (time in tombstone) Object.assign(tombstone, { [time]: now });
  }
  store.put(name, tombstone);
}

/** What else says of a record that it is deleted. */
const switchedOff: { [Name in ResourceName]?: Partial<RecordTypes[Name]> } = {
  users: { disabled: true },
  job_stages: { active: false },
  job_posts: { active: false, live: false },
};
