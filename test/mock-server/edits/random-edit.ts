// Any edit, about whatever is there when its turn comes. Many cannot be: then nothing may happen.
import { fc } from '@fast-check/vitest';
import { verbs } from '../../../mock-server/edits/apply-edits.ts';
import type { LiveWorld } from '../../../mock-server/worlds/live-world.ts';
import { resourceNames, type Edit, type RecordTypes, type ResourceName } from '../../../seeds/index.ts';

const words = Object.keys(verbs) as Edit['do'][];

const picks = fc.array(fc.nat({ max: 1000 }), { minLength: 4, maxLength: 4 });

/** An edit that is not about anything in particular yet. */
export interface AnyEdit {
  do: Edit['do'];
  resource: ResourceName;
  /** By these its records and values are chosen. */
  picks: readonly number[];
}

const anyEdit: fc.Arbitrary<AnyEdit> = fc.record({
  // What makes and changes is drawn more often: it has the most ways to go wrong.
  do: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom<Edit['do'][]>('create', 'change', 'delete') },
    { weight: 1, arbitrary: fc.constantFrom(...words) },
  ),
  resource: fc.constantFrom(...resourceNames),
  picks,
});

/** Each verb once, in any order, and others in between. */
export const anyEdits: fc.Arbitrary<AnyEdit[]> = fc
  .tuple(
    fc.shuffledSubarray(words, { minLength: words.length }),
    fc.array(anyEdit, { minLength: words.length, maxLength: words.length + 8 }),
  )
  .map(([each, others]) =>
    others.flatMap((other, index) => {
      const verb = each[index];
      return verb === undefined ? [other] : [other, { ...other, do: verb }];
    }),
  );

/** Makes it an edit of this world. */
export function aimAt(world: LiveWorld, { do: verb, resource, picks }: AnyEdit): Edit {
  const [first = 0, second = 0, third = 0, fourth = 0] = picks;
  const some = (name: ResourceName, pick: number): string => {
    const { size } = world.store.collection(name);
    const all = { includeDeleted: true, conditions: [] };
    const { entries } = world.store
      .collection(name)
      .select({ ...all, first: pick % Math.max(1, size), count: 1 });
    return entries[0]?.record.id ?? 'none';
  };
  /** Mostly one with which the edit can be; now and then any. */
  const fitting = <Name extends ResourceName>(
    name: Name,
    fits: (record: RecordTypes[Name]) => boolean,
  ): string => {
    const all = [...world.store.collection(name).entries()].map(({ record }) => record);
    const found = all.filter((record) => record.deleted_at === null && fits(record));
    return (fourth % 4 > 0 ? found[first % Math.max(1, found.length)]?.id : undefined) ?? some(name, first);
  };
  const application = fitting('applications', ({ status }) =>
    verb === 'unreject' ? status === 'rejected' : status === 'active',
  );
  switch (verb) {
    case 'create':
      return { do: verb, resource, set: relations() };
    case 'change':
      return { do: verb, resource, record: some(resource, first), set: change() };
    case 'delete':
      return { do: verb, resource, record: some(resource, first) };
    case 'close':
    case 'reopen': {
      const which = second % 2 === 0 ? 'jobs' : 'openings';
      const isFitting = ({ status }: { status: string }) => (status === 'closed') === (verb === 'reopen');
      return { do: verb, resource: which, record: fitting(which, isFitting) };
    }
    case 'publish':
    case 'unpublish':
      return { do: verb, record: fitting('job_posts', ({ live }) => live === (verb === 'unpublish')) };
    case 'move':
      return { do: verb, application, stage: ['Onsite', 'Offer', 'HM Interview'][second % 3] ?? '' };
    case 'advance':
    case 'unreject':
      return { do: verb, application };
    case 'reject':
      return { do: verb, application, reason: some('rejection_reasons', second), note: 'No.' };
    case 'hire':
      return { do: verb, application, ...(second % 2 === 0 && { opening: some('openings', third) }) };
    case 'transfer':
      return { do: verb, application, job: some('jobs', second) };
    case 'reorder': {
      const lists = [
        ['jobs', 'stages'],
        ['jobs', 'office_ids'],
        ['jobs', 'hiring_team.recruiters'],
        ['candidates', 'email_addresses'],
        ['users', 'office_ids'],
        ['scheduled_interviews', 'interviewers'],
      ] as const;
      const [name, list] = lists[second % lists.length] ?? lists[0];
      return { do: verb, resource: name, record: some(name, first), list, order: [third % 3] };
    }
  }

  /** What a new record cannot be without. */
  function relations(): Record<string, unknown> {
    const candidate_id = some('candidates', first);
    const application_id = some('applications', second);
    const job_id = some('jobs', third);
    const needs: { [Name in ResourceName]?: Record<string, unknown> } = {
      job_stages: { job_id },
      job_posts: { job_id, ...(fourth % 2 === 0 && { live: fourth % 4 === 0 }) },
      attachments: { candidate_id },
      notes: { candidate_id },
      applications: { candidate_id, job_id, status: statuses[fourth % 3] },
      scheduled_interviews: { application_id },
      scorecards: { interview_id: some('scheduled_interviews', fourth), application_id },
      offers: { application_id },
      openings: { job_id: fourth % 2 === 0 ? job_id : null },
      offices: { parent_id: some('offices', fourth) },
      departments: { parent_id: some('departments', fourth) },
      candidates: { linked_user_ids: [some('users', fourth)] },
      users: { office_ids: [some('offices', fourth)] },
    };
    return needs[resource] ?? {};
  }

  /** A change that others may have to follow; now and then of what was deleted. */
  function change(): Record<string, unknown> {
    if (fourth % 5 === 0) return { deleted_at: null };
    const text = `Text ${fourth}`;
    const changes: { [Name in ResourceName]: Record<string, unknown>[] } = {
      users: [{ last_name: text }, { linked_candidate_ids: [some('candidates', second)] }],
      offices: [{ location_name: text }, { parent_id: some('offices', second) }, { parent_id: null }],
      departments: [{ name: text }, { parent_id: some('departments', second) }],
      sources: [{ public_name: text }],
      rejection_reasons: [{ name: text }],
      close_reasons: [{ name: text }],
      custom_fields: [{ active: fourth % 2 === 0 }],
      jobs: [
        { status: ['open', 'closed', 'draft', 'approved', 'pending_approval'][second % 5] },
        { confidential: fourth % 2 === 0 },
        { name: text, office_ids: [some('offices', second), some('offices', third)] },
      ],
      job_stages: [{ name: text }, { job_id: some('jobs', second) }],
      job_posts: [{ live: fourth % 2 === 0 }, { active: false }, { job_id: some('jobs', second) }],
      candidates: [
        { last_name: text },
        { linked_user_ids: [some('users', second)] },
        { email_addresses: [] },
      ],
      attachments: [{ filename: text }, { candidate_id: some('candidates', second) }],
      applications: [
        { candidate_id: some('candidates', second) },
        { status: statuses[second % 3] },
        { job_id: some('jobs', second), current_stage_id: null },
        { source_id: some('sources', second), recruiter_id: some('users', third) },
      ],
      scheduled_interviews: [{ application_id: some('applications', second) }, { location: text }],
      scorecards: [{ submitted_at: null }, { overall_feedback: text }],
      offers: [{ status: 'rejected' }, { opening_id: some('openings', second) }],
      openings: [{ status: ['open', 'closed'][second % 2] }, { job_id: some('jobs', third) }],
      notes: [{ body: text }, { candidate_id: some('candidates', second) }],
    };
    const own = changes[resource];
    return own[third % own.length] ?? {};
  }
}

const statuses = ['active', 'rejected', 'hired'];
