import type { Scene } from '../lifecycle/support.ts';
import { refuses } from './refusals.ts';

refuses([
  [
    'a record that there is not',
    () => ({ do: 'delete', resource: 'jobs', record: 'nope' }),
    'record',
    'no job has the id or label "nope"',
  ],
  [
    'a label with a slip',
    () => ({ do: 'delete', resource: 'candidates', record: 'grcae' }),
    'record',
    'did you mean "grace"?',
  ],
  [
    'a label of another resource',
    () => ({ do: 'delete', resource: 'jobs', record: 'grace' }),
    'record',
    '"grace" is a candidate; name a job here',
  ],
  [
    'a label that is taken',
    () => ({ do: 'create', resource: 'offices', as: 'grace' }),
    'as',
    '"grace" is the label of',
  ],
  [
    'a label that is a trap',
    () => ({ do: 'create', resource: 'offices', as: '__proto__' }),
    'as',
    'choose another',
  ],
  [
    'an id that is taken',
    ({ find }) => ({ do: 'create', resource: 'jobs', set: { id: find('jobs').id } }),
    'set.id',
    'is taken',
  ],
  [
    'a new id for a record',
    () => ({ do: 'change', resource: 'candidates', record: 'grace', set: { id: 'other' } }),
    'set.id',
    'an id never changes',
  ],
  [
    'a deletion by hand',
    () => ({
      do: 'change',
      resource: 'candidates',
      record: 'grace',
      set: { deleted_at: '2026-11-20T08:00:00Z' },
    }),
    'set.deleted_at',
    'use the edit delete',
  ],
  [
    'a change of what was deleted',
    (scene) => ({
      do: 'change',
      resource: 'candidates',
      record: deletedCandidate(scene),
      set: { title: 'Ghost' },
    }),
    'record',
    'bring it back first by changing deleted_at to null',
  ],
  [
    'a reference to what was deleted',
    (scene) => ({
      do: 'create',
      resource: 'applications',
      set: { candidate_id: deletedCandidate(scene) },
    }),
    'set.candidate_id',
    'was deleted at',
  ],
  [
    'something that needs more',
    () => ({ do: 'create', resource: 'notes' }),
    'set',
    'a note needs a candidate; name one',
  ],
]);

function deletedCandidate({ gem }: Scene): string {
  const found = gem.world.store.records().candidates.find(({ deleted_at }) => deleted_at !== null);
  return found?.id ?? '';
}
