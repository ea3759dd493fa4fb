// Accounts in which a lot happens, for as long as they are watched.
import * as fc from 'fast-check';
import type { Case, CaseRecord } from '../../harness/case.ts';
import { mostOf, nearlyAlways, type Edit } from './building.ts';
import { emptying, rewriting, rewrittenRecords } from './rewritten.ts';
import { name } from './texts.ts';

/** Records that something happens to: each is named after what does. */
const records = {
  users: [
    ...rewrittenRecords.users,
    { as: 'user-renamed' },
    { as: 'user-deleted' },
    { as: 'user-returning' },
    { as: 'user-late', first_name: 'Early' },
  ],
  sources: [{ as: 'source-1', public_name: 'Trade Fair', type: 'Other' }],
  rejection_reasons: [{ as: 'reason-1', name: 'Moved Away', type: 'They rejected us' }],
  jobs: [
    ...rewrittenRecords.jobs,
    { as: 'job-1', name: 'Lens Grinder' },
    { as: 'job-2', name: 'Optician' },
    { as: 'job-3', name: 'Watchmaker' },
    { as: 'job-deleted', name: 'Caretaker' },
    { as: 'job-returning', name: 'Gardener', stages: ['Review'] },
    { as: 'job-late', name: 'Painter', stages: [] },
    // Nothing happens to these themselves.
    { as: 'job-left-by-user', name: 'Bookbinder', stages: [], hiring_team: { sourcers: ['user-deleted'] } },
    { as: 'job-of-stages', name: 'Potter', stages: [] },
    { as: 'job-of-posts', name: 'Weaver', stages: [] },
    { as: 'job-losing-post', name: 'Dyer', stages: [] },
    { as: 'job-gaining-stage', name: 'Glazier', stages: [] },
    { as: 'job-opened', name: 'Cooper', stages: [], status: 'draft', opened_at: null },
    { as: 'job-reopened', name: 'Saddler', stages: [] },
    { as: 'job-of-team', name: 'Cutler', stages: [], hiring_team: { sourcers: ['user-renamed'] } },
  ],
  job_stages: [
    ...rewrittenRecords.job_stages,
    { as: 'stage-1', job_id: 'job-1', name: 'First Look' },
    { as: 'stage-2', job_id: 'job-1', name: 'Second Look' },
    { as: 'stage-deleted', job_id: 'job-1', name: 'Nobody Sits Here' },
    { as: 'stage-returning', job_id: 'job-1', name: 'On And Off' },
    { as: 'stage-3', job_id: 'job-2', name: 'Elsewhere' },
    { as: 'stage-lost', job_id: 'job-of-stages', name: 'Kiln' },
    { as: 'stage-moving', job_id: 'job-1', name: 'Of Another Job' },
    { as: 'stage-of-both', job_id: 'job-1', name: 'Leaded Glass' },
  ],
  job_posts: [
    ...rewrittenRecords.job_posts,
    { as: 'post-retitled', job_id: 'job-of-posts', title: 'Weaver' },
    { as: 'post-moving', job_id: 'job-losing-post', title: 'Dyer or Weaver', live: false },
    { as: 'post-deleted', job_id: 'job-of-posts', title: 'Weaver of Baskets' },
    { as: 'post-returning', job_id: 'job-of-posts', title: 'Weaver of Silk' },
  ],
  candidates: [
    ...rewrittenRecords.candidates,
    ...[
      'moved',
      'transferred',
      'rejected',
      'hired',
      'leaving',
      'deleted',
      'last',
      'returning',
      'described',
      'renamed',
      'merged',
      'late',
      'declined',
    ].map((word) => ({ as: `candidate-${word}` })),
  ],
  applications: [
    ...rewrittenRecords.applications,
    ...['moved', 'transferred', 'rejected', 'hired', 'returning'].map((word) => ({
      as: `application-${word}`,
      candidate_id: `candidate-${word}`,
      job_id: 'job-1',
      current_stage_id: 'stage-1',
      source_id: 'source-1',
    })),
    { as: 'application-described', candidate_id: 'candidate-described', job_id: 'job-3' },
    { as: 'application-deleted', candidate_id: 'candidate-described', job_id: 'job-2' },
    { as: 'application-back', candidate_id: 'candidate-moved', job_id: 'job-2' },
    { as: 'application-of-renamed', candidate_id: 'candidate-renamed', job_id: 'job-3' },
    { as: 'application-merged', candidate_id: 'candidate-merged', job_id: 'job-3' },
    // Only the name of its reason changes.
    {
      as: 'application-declined',
      candidate_id: 'candidate-declined',
      job_id: 'job-3',
      status: 'rejected',
      rejection_reason_id: 'reason-1',
    },
  ],
  scheduled_interviews: [
    ...rewrittenRecords.scheduled_interviews,
    ...['changed', 'deleted', 'returning'].map((word) => ({
      as: `interview-${word}`,
      application_id: 'application-described',
    })),
    { as: 'interview-of-declined', application_id: 'application-declined' },
    { as: 'interview-moving', application_id: 'application-declined' },
    {
      as: 'interview-left-by-user',
      application_id: 'application-of-renamed',
      interviewers: [{ user_id: 'user-deleted', response_status: 'accepted', scorecard_id: null }],
    },
  ],
} as const satisfies { readonly [Name in keyof Case['records']]?: readonly CaseRecord[] };

const set = (
  resource: Extract<Edit, { do: 'change' }>['resource'],
  record: string,
  fields: object,
): Edit => ({
  do: 'change',
  resource,
  record,
  set: { ...fields },
});
const remove = (resource: Extract<Edit, { do: 'delete' }>['resource'], record: string): Edit => ({
  do: 'delete',
  resource,
  record,
});
const bringBack = (resource: Extract<Edit, { do: 'change' }>['resource'], record: string): Edit =>
  set(resource, record, { deleted_at: null });

const ownFields = fc.constantFrom(
  { Bicycle: true },
  { 'Notice period': '3 months' },
  { Seats: 2, Old: null },
);
const renaming = name.map((first_name) => set('users', 'user-renamed', { first_name }));

/** Own fields alone, words that are copied elsewhere, and the steps of an application's life. */
const firstRound = mostOf<Edit>(
  // A full sync follows, and another one after the third round: what a sync leaves as it was shows in both.
  ...rewriting,
  ownFields.map((custom_fields) => set('jobs', 'job-2', { custom_fields })),
  ownFields.map((custom_fields) => set('applications', 'application-described', { custom_fields })),
  renaming,
  // Not in one round with the source: who reads applications anew for the one brings the other.
  set('rejection_reasons', 'reason-1', { name: 'Moved Abroad' }),
  set('jobs', 'job-1', { name: 'Master Lens Grinder' }),
  set('candidates', 'candidate-described', { title: 'Watchmaker', company: 'Tick & Tock' }),
  set('candidates', 'candidate-renamed', { last_name: 'Married' }),
  set('scheduled_interviews', 'interview-changed', { status: 'complete' }),
  set('job_posts', 'post-retitled', { title: 'Weaver of Nets' }),
  { do: 'move', application: 'application-moved', stage: 'stage-2' },
  { do: 'reject', application: 'application-rejected' },
  { do: 'hire', application: 'application-hired' },
  remove('users', 'user-returning'),
  // Nothing else tells of somebody who never applied.
  remove('candidates', 'candidate-leaving'),
  remove('candidates', 'candidate-returning'),
  remove('applications', 'application-back'),
  remove('scheduled_interviews', 'interview-returning'),
  remove('job_stages', 'stage-returning'),
  remove('jobs', 'job-returning'),
  remove('job_posts', 'post-returning'),
  set('jobs', 'job-opened', { status: 'open' }),
  set('jobs', 'job-of-team', { hiring_team: {} }),
  { do: 'close', resource: 'jobs', record: 'job-reopened' },
);

/** What goes for good, moves elsewhere, and gets another name. */
const secondRound = mostOf<Edit>(
  remove('users', 'user-deleted'),
  remove('candidates', 'candidate-deleted'),
  remove('applications', 'application-deleted'),
  remove('scheduled_interviews', 'interview-deleted'),
  remove('job_stages', 'stage-deleted'),
  remove('jobs', 'job-deleted'),
  remove('job_stages', 'stage-lost'),
  remove('job_posts', 'post-deleted'),
  set('scheduled_interviews', 'interview-moving', { application_id: 'application-of-renamed' }),
  set('applications', 'application-merged', { candidate_id: 'candidate-described' }),
  set('job_posts', 'post-moving', { job_id: 'job-of-posts' }),
  set('job_stages', 'stage-moving', { job_id: 'job-2' }),
  set('job_stages', 'stage-of-both', { job_id: 'job-gaining-stage' }),
  set('job_stages', 'stage-1', { name: 'Very First Look' }),
  set('sources', 'source-1', { public_name: 'Trade Show' }),
  { do: 'transfer', application: 'application-transferred', job: 'job-2', stage: 'stage-3' },
  { do: 'reorder', resource: 'jobs', record: 'job-1', list: 'stages', order: ['stage-2', 'stage-1'] },
  { do: 'create', resource: 'candidates', as: 'candidate-new', set: { first_name: 'Newcomer' } },
);

const changesAndDeletions = fc.record({ first: firstRound, second: secondRound });

/** What was deleted comes back, and what was decided is decided anew. */
const thirdRound = mostOf<Edit>(
  ...emptying,
  remove('candidates', 'candidate-last'),
  set('candidates', 'candidate-moved', { first_name: 'Changed' }),
  { do: 'move', application: 'application-moved', stage: 'stage-1' },
  set('jobs', 'job-2', { custom_fields: { Bicycle: 'no more' } }),
);

/** The first round's edit, and the one that undoes it. */
const undoings: readonly (readonly [done: string, undone: Edit])[] = [
  ['user-returning', bringBack('users', 'user-returning')],
  ['candidate-returning', bringBack('candidates', 'candidate-returning')],
  ['application-back', bringBack('applications', 'application-back')],
  ['interview-returning', bringBack('scheduled_interviews', 'interview-returning')],
  ['stage-returning', bringBack('job_stages', 'stage-returning')],
  ['job-returning', bringBack('jobs', 'job-returning')],
  ['post-returning', bringBack('job_posts', 'post-returning')],
  ['job-of-team', set('jobs', 'job-of-team', { hiring_team: { sourcers: ['user-renamed'] } })],
  ['job-reopened', { do: 'reopen', resource: 'jobs', record: 'job-reopened' }],
  ['application-rejected', { do: 'unreject', application: 'application-rejected' }],
];

const unseen: readonly Edit[] = [
  set('users', 'user-late', { first_name: 'Late' }),
  set('candidates', 'candidate-late', { first_name: 'Late' }),
  set('jobs', 'job-late', { name: 'Late Painter' }),
];

/** An account in which recruiters do all that they can, over several syncs. */
export const livingAccount: fc.Arbitrary<Case> = fc
  .record({
    rounds: changesAndDeletions,
    third: nearlyAlways<Edit[] | undefined>(thirdRound, undefined),
    late: mostOf<Edit>(...unseen),
  })
  .map(({ rounds: { first, second }, third, late }): Case => {
    const done = new Set(first.map(recordOf));
    const undone = undoings.filter(([record]) => done.has(record)).map(([, edit]) => edit);
    return {
      records,
      edits: first,
      later: [second, ...(third ? [[...undone, ...third]] : [])],
      unseen: late,
    };
  });

function recordOf(edit: Edit): string {
  if ('record' in edit) return edit.record;
  return 'application' in edit ? edit.application : '';
}
