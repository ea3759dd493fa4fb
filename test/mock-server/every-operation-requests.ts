// A call of each operation that the default scenario's world accepts.
import request from 'supertest';
import type { Operation } from '../../contracts/description.ts';
import type { MockGem } from '../../mock-server/server.ts';
import type { RecordTypes, ResourceName } from '../../seeds/index.ts';

type World = MockGem['world'];

/** A path that leads to something in the default scenario. */
export function pathOf(operation: Operation, { world }: MockGem): string {
  const application = applicationFor(operation, world);
  const ids: Record<string, string | undefined> = {
    candidate_id: application.candidate_id,
    application_id: application.id,
    job_id: application.job_id,
    user_id: first(world, 'users').id,
    job_post_id: first(world, 'job_posts', (post) => post.live && post.external).id,
    job_stage_id: first(world, 'job_stages').id,
    office_id: first(world, 'offices').id,
    department_id: first(world, 'departments').id,
    interview_id: first(world, 'scheduled_interviews', ({ status }) => status === 'scheduled').id,
    scorecard_id: first(world, 'scorecards').id,
    offer_id: first(world, 'offers').id,
    opening_id: first(world, 'openings').id,
    note_id: first(world, 'notes').id,
    field_type: first(world, 'custom_fields').field_type,
    custom_field_id: first(world, 'custom_fields', (field) => field.field_type === 'candidate').id,
    vanity_url_path: world.company.vanity,
    ...idsFor(operation, world),
  };
  return operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(ids[name] ?? ''));
}

/** Calls an operation with a body that it accepts. */
export function call(gem: MockGem, operation: Operation, path: string) {
  const prepared = request(gem.url)[operation.method](path).set('X-API-Key', gem.apiKey);
  if (operation.id === 'applyToJobPost') {
    const post = first(gem.world, 'job_posts', ({ live, external }) => live && external);
    const form = { job_post_id: post.id, first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com' };
    return prepared.field(form).attach('resume', Buffer.from('%PDF-1.4'), 'cv.pdf');
  }
  if (operation.body?.contentType === 'multipart/form-data')
    return prepared.attach('resume_file', Buffer.from('%PDF-1.4'), 'cv.pdf');
  const body = bodyFor(operation, gem.world);
  return body ? prepared.send(body) : prepared;
}

function bodyFor(operation: Operation, world: World): object | undefined {
  const application = applicationFor(operation, world);
  const user_id = first(world, 'users').id;
  const applied = new Set(
    world.store
      .collection('applications')
      .by('candidate_id', application.candidate_id)
      .map(({ job_id }) => job_id),
  );
  const otherJob = first(world, 'jobs', (job) => job.status === 'open' && !applied.has(job.id)).id;
  const file = { filename: 'cv.pdf', type: 'resume', content: Buffer.from('%PDF-1.4').toString('base64') };
  const reason = { rejection_reason_id: first(world, 'rejection_reasons').id };
  const bodies: Record<string, object> = {
    createCandidate: {
      first_name: 'Ada',
      last_name: 'Lovelace',
      email: 'ada@example.com',
      job_id: otherJob,
    },
    updateCandidate: { title: 'Countess', email_addresses: [{ value: 'ada@example.com' }] },
    createApplication: { user_id, job_id: otherJob },
    addCandidateAttachment: { user_id, ...file },
    createNote: { user_id, body: 'Called.', visibility: 'public' },
    createCrmNote: { user_id, candidate_id: application.candidate_id, content: 'Called.' },
    updateApplication: { source_id: first(world, 'sources').id },
    moveApplication: {
      user_id,
      to_stage_id: first(world, 'job_stages', ({ job_id }) => job_id === application.job_id).id,
    },
    advanceApplication: { user_id, from_stage_id: application.current_stage_id },
    rejectApplication: { user_id, ...reason, notes: 'Not this time.' },
    changeRejection: { user_id, ...reason },
    unrejectApplication: { user_id },
    hireApplication: { user_id, start_date: '2027-01-04' },
    transferApplication: { user_id, new_job_id: otherJob },
    addApplicationAttachment: { user_id, ...file },
    createScheduledInterview: {
      user_id,
      application_id: application.id,
      interview_id: interviewFor(world, application.job_id),
      interviewers: [{ user_id, response_status: 'needs_action' }],
      start: '2026-12-01T09:00:00Z',
      end: '2026-12-01T10:00:00Z',
      external_event_id: 'event-1',
    },
    updateScheduledInterview: { user_id, location: 'Room 3' },
    updateCurrentOffer: { user_id, start_date: '2027-01-04' },
    createOpenings: { user_id, openings: [{ opening_id: 'R-1' }, { opening_id: null }] },
    updateOpening: { user_id, opening_id: 'R-2' },
    deleteOpenings: { user_id, ids: [first(world, 'openings').id] },
    createCrmCandidate: { created_by: user_id, first_name: 'Ada', linked_in_handle: 'ada' },
    updateCrmCandidate: { nickname: 'Countess' },
    deleteCrmCandidate: { on_behalf_of_user_id: user_id },
  };
  return bodies[operation.id];
}

/** Where an operation needs ids that belong together. */
function idsFor({ id }: Operation, world: World): Record<string, string> {
  if (id === 'getOpeningOfJob' || id === 'updateOpening') {
    const opening = first(world, 'openings', ({ job_id }) => job_id !== null);
    return { opening_id: opening.id, job_id: opening.job_id ?? '' };
  }
  return {};
}

/** An interview that a stage of the job defines. */
function interviewFor(world: World, jobId: string): string {
  const stage = first(
    world,
    'job_stages',
    ({ job_id, interviews }) => job_id === jobId && interviews.length > 0,
  );
  return stage.interviews[0]?.id ?? '';
}

/** An application that the operation can act on; undoing a rejection needs a rejected one, of somebody who has no other. */
function applicationFor({ id }: Operation, world: World): RecordTypes['applications'] {
  if (id === 'getCurrentOffer' || id === 'updateCurrentOffer') {
    const { application_id } = first(world, 'offers', ({ status }) => status === 'unresolved');
    return first(world, 'applications', (application) => application.id === application_id);
  }
  if (id !== 'unrejectApplication' && id !== 'changeRejection') {
    return first(world, 'applications', ({ status }) => status === 'active');
  }
  const ofCandidate = (candidate: string) =>
    world.store.collection('applications').by('candidate_id', candidate);
  return first(
    world,
    'applications',
    ({ status, candidate_id }) => status === 'rejected' && ofCandidate(candidate_id).length === 1,
  );
}

function first<Name extends ResourceName>(
  { store }: World,
  name: Name,
  fits: (record: RecordTypes[Name]) => boolean = () => true,
): RecordTypes[Name] {
  for (const { record } of store.collection(name).entries())
    if (record.deleted_at === null && fits(record)) return record;
  throw new Error(`the scenario has no such record among its ${name}`);
}
