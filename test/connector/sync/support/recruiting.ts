// What may happen in a Gem account, as values: they say which kind of record by a number, whatever there is by then.
import { fc } from '@fast-check/vitest';
import { applyEdits } from '../../../../mock-server/edits/apply-edits.ts';
import { EditProblem } from '../../../../mock-server/edits/editing.ts';
import type { LiveWorld } from '../../../../mock-server/worlds/live-world.ts';
import type { Edit, RecordTypes, ResourceName } from '../../../../seeds/index.ts';

/** One thing that happens in the account. */
export interface Happening {
  what: (typeof kinds)[number];
  /** Chooses among the records that there are. */
  which: number;
  /** Chooses what else is to be chosen. */
  how: number;
}

const kinds = [
  'person applies',
  'job opens',
  'post is published',
  'candidate changes',
  'application moves',
  'application is rejected',
  'source of an application changes, and nothing else',
  'interview is planned',
  'interview changes',
  'job changes',
  'team changes',
  'post changes',
  'stage is renamed',
  'user is switched off',
  'office is renamed',
  'department is renamed',
  'source is renamed',
  'reason is renamed',
  'something is deleted',
  'something comes back',
] as const;

export const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.constantFrom(...kinds),
  which: fc.nat({ max: 9 }),
  how: fc.nat({ max: 9 }),
});

/** Lets something happen, if it can. */
export function happen(world: LiveWorld, { what, which, how }: Happening): void {
  const edits = editsOf(world, what, which, how);
  if (edits === undefined) return;
  try {
    applyEdits(world, edits);
  } catch (error) {
    // Not everything can happen at any time.
    if (!(error instanceof EditProblem)) throw error;
  }
}

/** A company with one of everything, so that there is something to begin with. */
export function furnish(world: LiveWorld): void {
  for (const name of ['Berlin', 'Paris']) {
    applyEdits(world, [{ do: 'create', resource: 'offices', set: { name, location_name: name } }]);
    applyEdits(world, [{ do: 'create', resource: 'departments', set: { name: `${name} office` } }]);
  }
  applyEdits(world, [{ do: 'create', resource: 'users' }]);
  // Gem's own sources keep their names.
  applyEdits(world, [{ do: 'create', resource: 'sources', set: { public_name: 'Meetup' } }]);
  for (const how of [0, 1]) {
    happen(world, { what: 'job opens', which: how, how });
    happen(world, { what: 'post is published', which: how, how });
    happen(world, { what: 'person applies', which: how, how });
  }
}

function editsOf(
  world: LiveWorld,
  what: Happening['what'],
  which: number,
  how: number,
): readonly Edit[] | undefined {
  const pick = <Name extends ResourceName>(name: Name, place = which) => pickFrom(world, name, place);
  const change = (resource: ResourceName, set: Record<string, unknown>): Edit[] | undefined => {
    const record = pick(resource)?.id;
    return record === undefined ? undefined : [{ do: 'change', resource, record, set }];
  };
  const word = `name ${how}`;
  switch (what) {
    case 'person applies':
      return [
        { do: 'create', resource: 'candidates', as: `person ${world.store.collection('candidates').size}` },
        {
          do: 'create',
          resource: 'applications',
          set: {
            candidate_id: `person ${world.store.collection('candidates').size}`,
            job_id: pick('jobs')?.id,
            source_id: how < 5 ? ownSource(world)?.id : pick('sources', how)?.id,
          },
        },
      ];
    case 'job opens':
      return [
        {
          do: 'create',
          resource: 'jobs',
          set: { office_ids: [pick('offices')?.id], department_ids: [pick('departments', how)?.id] },
        },
      ];
    case 'post is published':
      return [{ do: 'create', resource: 'job_posts', set: { job_id: pick('jobs')?.id } }];
    case 'candidate changes':
      return change('candidates', { first_name: word });
    case 'application moves':
      return [{ do: 'advance', application: pick('applications')?.id ?? '' }];
    case 'application is rejected':
      return [{ do: 'reject', application: pick('applications')?.id ?? '' }];
    case 'source of an application changes, and nothing else':
      changeQuietly(world, pick('applications'), pick('sources', how)?.id);
      return undefined;
    case 'interview is planned':
      return [
        { do: 'create', resource: 'scheduled_interviews', set: { application_id: pick('applications')?.id } },
      ];
    case 'interview changes':
      return change('scheduled_interviews', { location: word });
    case 'job changes':
      return change('jobs', { name: word, office_ids: [pick('offices', how)?.id] });
    case 'team changes':
      return change('jobs', { hiring_team: how < 5 ? {} : { recruiters: [pick('users', how)?.id] } });
    case 'post changes':
      return change('job_posts', { content: word });
    case 'stage is renamed':
      return change('job_stages', { name: word });
    case 'user is switched off':
      return change('users', { disabled: how < 5 });
    case 'office is renamed':
      return change('offices', { location_name: word });
    case 'department is renamed':
      return change('departments', { name: word });
    case 'source is renamed':
      return [
        { do: 'change', resource: 'sources', record: ownSource(world)?.id ?? '', set: { public_name: word } },
      ];
    case 'reason is renamed':
      return change('rejection_reasons', { name: word });
    case 'something is deleted': {
      const resource = mortal[how % mortal.length] ?? 'jobs';
      const record = pick(resource)?.id;
      return record === undefined ? undefined : [{ do: 'delete', resource, record }];
    }
    case 'something comes back':
      return change(mortal[how % mortal.length] ?? 'jobs', { deleted_at: null });
  }
}

const mortal = [
  'candidates',
  'applications',
  'jobs',
  'job_posts',
  'job_stages',
  'scheduled_interviews',
  'users',
  'offices',
] as const;

function pickFrom<Name extends ResourceName>(
  world: LiveWorld,
  name: Name,
  place: number,
): RecordTypes[Name] | undefined {
  const records = [...world.store.collection(name).entries()].map(({ record }) => record);
  return records[place % Math.max(1, records.length)];
}

/** The source that the company made for itself; it is the newest. */
function ownSource(world: LiveWorld): RecordTypes['sources'] | undefined {
  return [...world.store.collection('sources').entries()].at(-1)?.record;
}

/** A change that Gem counts as one of the application only. */
function changeQuietly(
  world: LiveWorld,
  application: RecordTypes['applications'] | undefined,
  source: string | undefined,
): void {
  if (!application) return;
  const changed = { ...application, source_id: source ?? null, last_activity_at: world.now() };
  world.store.put('applications', changed);
}
