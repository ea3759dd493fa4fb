import type { RecordTypes, ResourceName } from '../../seeds/index.ts';
import { recordActivity, recordActivityAround, recordCandidateActivity } from '../records/activity.ts';
import type { World } from '../world/world.ts';
import type { Editing } from './editing.ts';
import { checkRules } from './record-rules.ts';

/**
 * Writes a record that was made or changed, with all that follows from it.
 *
 * @param before what the record was; undefined for a new one
 * @param written the fields that were written by hand
 * @throws EditProblem when Gem would not let it be
 */
export function putRecord<Name extends ResourceName>(
  editing: Editing,
  resource: Name,
  before: RecordTypes[Name] | undefined,
  after: RecordTypes[Name],
  written: Partial<RecordTypes[Name]> = {},
): void {
  const { world, now } = editing;
  const record = { ...after, ...derivedFields(resource, before, after, now), ...written };
  checkRules(editing, resource, before, record);
  world.store.put(resource, record);
  applySideEffects(world, resource, before, record, now);
}

/**
 * Changes other records as follows from a change of one: a closed job takes its posts off, a scorecard shows
 * with its interviewer, and its application and candidate were active.
 *
 * @param before what the record was; undefined for a new one
 */
function applySideEffects<Name extends ResourceName>(
  world: World,
  resource: Name,
  before: RecordTypes[Name] | undefined,
  after: RecordTypes[Name],
  now: string,
): void {
  sideEffects[resource]?.(world, before, after, now);
  recordActivityOfOwners(world, resource, before, after, now);
}

type SideEffect<Row> = (world: World, before: Row | undefined, after: Row, now: string) => void;

const sideEffects: { [Name in ResourceName]?: SideEffect<RecordTypes[Name]> } = {
  jobs: ({ store }, before, { id, status }, now) => {
    if (status !== 'closed' || before === undefined || before.status === 'closed') return;
    for (const post of store.collection('job_posts').by('job_id', id)) {
      if (post.live) store.put('job_posts', { ...post, live: false, updated_at: now });
    }
    for (const opening of store.collection('openings').by('job_id', id)) {
      if (opening.deleted_at !== null || opening.status === 'closed') continue;
      store.put('openings', { ...opening, status: 'closed', closed_at: now });
    }
  },
  scorecards: ({ store }, _before, card, now) => {
    const interview = store.get('scheduled_interviews', card.interview_id);
    if (!interview) return;
    const scorecard_id = card.submitted_at === null || card.deleted_at !== null ? null : card.id;
    const interviewers = interview.interviewers.map((one) =>
      one.user_id === card.interviewer_id ? { ...one, scorecard_id } : one,
    );
    const awaited = interviewers.filter(({ response_status }) => response_status !== 'declined');
    const isComplete = awaited.every((one) => one.scorecard_id !== null);
    // An interview without interviewers, or one that lies ahead, does not end because no scorecard is missing.
    const status = scorecard_id === null ? interview.status : isComplete ? 'complete' : 'awaiting_feedback';
    store.put('scheduled_interviews', { ...interview, interviewers, status, updated_at: now });
  },
  candidates: ({ store }, before, { id, linked_user_ids }, now) => {
    for (const userId of difference(before?.linked_user_ids, linked_user_ids)) {
      const user = store.get('users', userId);
      if (!user) continue;
      const others = user.linked_candidate_ids.filter((other) => other !== id);
      const linked_candidate_ids = linked_user_ids.includes(userId) ? [...others, id] : others;
      store.put('users', { ...user, linked_candidate_ids, updated_at: now });
    }
  },
  users: ({ store }, before, { id, linked_candidate_ids }, now) => {
    for (const candidateId of difference(before?.linked_candidate_ids, linked_candidate_ids)) {
      const candidate = store.get('candidates', candidateId);
      if (!candidate) continue;
      const others = candidate.linked_user_ids.filter((other) => other !== id);
      const linked_user_ids = linked_candidate_ids.includes(candidateId) ? [...others, id] : others;
      store.put('candidates', { ...candidate, linked_user_ids, updated_at: now, last_activity: now });
    }
  },
};

/** What is in one list and not in the other. */
function difference(left: readonly string[] = [], right: readonly string[]): string[] {
  return [...left.filter((item) => !right.includes(item)), ...right.filter((item) => !left.includes(item))];
}

/** The application and the candidate of the record were active, and so were those that it belonged to before. */
function recordActivityOfOwners(
  world: World,
  resource: ResourceName,
  before: object | undefined,
  after: { id: string },
  now: string,
): void {
  recordActivityAround(world, resource, after.id, now);
  if (before === undefined) return;
  const left = (field: string): string | undefined => {
    const id: unknown = Reflect.get(before, field);
    return typeof id === 'string' && id !== Reflect.get(after, field) ? id : undefined;
  };
  const application = resource === 'openings' ? undefined : left('application_id');
  const candidate = left('candidate_id');
  if (application !== undefined) recordActivity(world, application, now);
  if (candidate !== undefined) recordCandidateActivity(world, candidate, now);
}

/**
 * The fields of a record itself that follow from a change of it: times, and what goes with a status. Fields that were
 * written by hand stay as they were written.
 *
 * @param before what the record was; undefined for a new one
 */
function derivedFields<Name extends ResourceName>(
  resource: Name,
  before: RecordTypes[Name] | undefined,
  after: RecordTypes[Name],
  now: string,
): Partial<RecordTypes[Name]> {
  const times = Object.fromEntries(
    ['updated_at', 'last_activity', 'last_activity_at']
      .filter((time) => time in after)
      .map((time) => [time, now]),
  );
  const isBack = before !== undefined && before.deleted_at !== null && after.deleted_at === null;
  const record = isBack ? { ...after, ...switchedOn[resource] } : after;
  return {
    // Their names were found in the record.
    ...(times as Partial<RecordTypes[Name]>),
    ...(isBack && switchedOn[resource]),
    ...derivations[resource]?.(before, record, now),
  };
}

/** What else says of a record that came back that it is there. A post is not published again by that alone. */
const switchedOn: { [Name in ResourceName]?: Partial<RecordTypes[Name]> } = {
  users: { disabled: false },
  job_stages: { active: true },
  job_posts: { active: true },
};

type Derivation<Row> = (before: Row | undefined, after: Row, now: string) => Partial<Row>;

const derivations: { [Name in ResourceName]?: Derivation<RecordTypes[Name]> } = {
  jobs: (before, { status, opened_at }, now) => {
    if (before?.status === status) return {};
    if (status === 'closed') return { closed_at: now };
    return { closed_at: null, ...(status === 'open' && { opened_at: opened_at ?? now }) };
  },
  job_posts: (_before, { live, active, first_published_at }, now) => ({
    live: live && active,
    // The first time stays, however often a post is taken off and put up again (gem-ats-api §3.4).
    ...(live && active && { first_published_at: first_published_at ?? now }),
  }),
  applications: (before, { status }, now) => {
    if (before?.status === status) return {};
    if (status === 'rejected') return { rejected_at: now };
    return { rejected_at: null, rejection_reason_id: null };
  },
  openings: (before, { status, opened_at }, now) => {
    if (before?.status === status) return {};
    if (status === 'closed') return { closed_at: now };
    return { closed_at: null, application_id: null, close_reason_id: null, opened_at: opened_at ?? now };
  },
};
