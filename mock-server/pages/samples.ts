import type { Request } from 'express';
import type { Sample } from '../../contracts/page/index.ts';
import type { RecordTypes, ResourceName } from '../../seeds/index.ts';
import { addressOf, isFromThisMachine } from '../http/client-address.ts';
import type { Worlds } from '../worlds/worlds.ts';
import type { World } from '../world/world.ts';

/** What the pages of the emulator make their examples with. */
interface PageSettings {
  worlds: Worlds;
  /** Where clients reach the server. Default: where they asked. */
  publicUrl?: string | undefined;
}

/** The pages that lead to one another. */
export const pages = {
  gem: [
    { name: 'Gem API', path: '/docs' },
    { name: 'openapi.json', path: '/openapi.json' },
  ],
  control: [
    { name: 'Console', path: '/_console' },
    { name: 'Control API', path: '/_control/docs' },
    { name: 'its openapi.json', path: '/_control/openapi.json' },
  ],
};

/**
 * The examples of Gem's API: with the key and the records of the first world. A key of the user's own is shown to this
 * machine alone; elsewhere the shell fills in `$GEM_API_KEY`.
 *
 * @param publicKey a key that is no secret
 */
export function gemSample(
  { worlds, publicUrl }: PageSettings,
  publicKey: string | undefined,
): (request: Request) => Sample {
  return (request) => {
    const world = worlds.first;
    const isShown = world?.key === publicKey || isFromThisMachine(request);
    return {
      url: publicUrl ?? addressOf(request) ?? '',
      headers: { 'X-API-Key': world && isShown ? world.key : '$GEM_API_KEY' },
      query: { per_page: 2, page_size: 2 },
      valuesOf: world ? exampleValues(world) : () => ({}),
    };
  };
}

/** The examples of the control API: with the first world, one of its labels, and a token where there is one. */
export function controlSample(
  { worlds, publicUrl }: PageSettings,
  hasToken: boolean,
): (request: Request) => Sample {
  return (request) => {
    const [[record, { resource }] = [undefined, {}]] = Object.entries(worlds.first?.labels ?? {});
    const special: Record<string, Record<string, unknown>> = {
      ...(record !== undefined && {
        getRecord: { record, resource },
        getRecordHistory: { record, resource },
      }),
      // The first world cannot be dropped; the one that the example of forkWorld makes can.
      dropWorld: { world: forkedKey },
    };
    return {
      url: publicUrl ?? addressOf(request) ?? '',
      headers: hasToken ? { Authorization: 'Bearer $GEM_CONTROL_TOKEN' } : {},
      valuesOf: (operationId) => special[operationId] ?? {},
    };
  };
}

/** As in the example of forkWorld in the description. */
const forkedKey = 'Abcdefghij0123456789Abcdefghij0123456789';

// What makes the examples on the page of Gem's API work as they stand, in the world as it is at the moment.

/** Values of parameters and of fields of bodies, by their names. */
type ExampleValues = Readonly<Record<string, unknown>>;

/**
 * Looks for records with which operations do what they are for.
 *
 * @returns what goes into a call of an operation, by its id; names are left out where the world has no such record
 */
export function exampleValues(world: World): (operationId: string) => ExampleValues {
  const user = first(world, 'users')?.id;
  const common = {
    user_id: user,
    created_by: user,
    on_behalf_of_user_id: user,
    job_post_id: first(world, 'job_posts', ({ live, external }) => live && external)?.id,
    job_stage_id: first(world, 'job_stages')?.id,
    office_id: first(world, 'offices')?.id,
    department_id: first(world, 'departments')?.id,
    interview_id: first(world, 'scheduled_interviews', ({ status }) => status === 'scheduled')?.id,
    scorecard_id: first(world, 'scorecards')?.id,
    offer_id: first(world, 'offers')?.id,
    note_id: first(world, 'notes')?.id,
    custom_field_id: first(world, 'custom_fields', ({ field_type }) => field_type === 'candidate')?.id,
    field_type: first(world, 'custom_fields')?.field_type,
    source_id: first(world, 'sources')?.id,
    rejection_reason_id: first(world, 'rejection_reasons')?.id,
    vanity_url_path: world.company.vanity,
  };
  const seat = seatOf(world);
  const active = around(
    world,
    first(world, 'applications', ({ status }) => status === 'active'),
  );
  // Undoing a rejection needs a candidate who has no other application.
  const rejected = around(
    world,
    first(
      world,
      'applications',
      ({ status, candidate_id }) => status === 'rejected' && applicationsOf(world, candidate_id).length === 1,
    ),
  );
  const offer = first(world, 'offers', ({ status }) => status === 'unresolved');
  const offered = around(world, offer && world.store.collection('applications').get(offer.application_id));

  return (operationId) => {
    const special = {
      unrejectApplication: rejected,
      changeRejection: rejected,
      getCurrentOffer: offered,
      updateCurrentOffer: offered,
      createCandidate: { ...active, job_id: active['new_job_id'] },
      createApplication: { ...active, job_id: active['new_job_id'] },
      createScheduledInterview: { ...active, interview_id: active['planned_interview_id'] },
      getOpening: seat,
      getOpeningOfJob: seat,
      updateOpening: seat,
      deleteOpenings: seat,
    }[operationId];
    const all = { ...common, ...active, ...special };
    return Object.fromEntries(
      Object.entries(all).filter(([, value]) => value !== undefined && value !== null),
    );
  };
}

/** An application with what surrounds it. */
function around(world: World, application: RecordTypes['applications'] | undefined): ExampleValues {
  if (!application) return {};
  const { id, candidate_id, job_id, current_stage_id } = application;
  const applied = new Set(applicationsOf(world, candidate_id).map((one) => one.job_id));
  const stages = world.store.collection('job_stages').by('job_id', job_id);
  return {
    application_id: id,
    candidate_id,
    job_id,
    new_job_id: first(world, 'jobs', (job) => job.status === 'open' && !applied.has(job.id))?.id,
    from_stage_id: current_stage_id,
    to_stage_id: stages[0]?.id,
    planned_interview_id: stages.flatMap(({ interviews }) => interviews)[0]?.id,
  };
}

/** An opening that belongs to a job. */
function seatOf(world: World): ExampleValues {
  const opening = first(world, 'openings', ({ job_id }) => job_id !== null);
  return opening ? { opening_id: opening.id, job_id: opening.job_id, ids: [opening.id] } : {};
}

function applicationsOf({ store }: World, candidate: string): readonly RecordTypes['applications'][] {
  return store.collection('applications').by('candidate_id', candidate);
}

/** The first record that fits, among those that can be looked at in no time. */
function first<Name extends ResourceName>(
  { store }: World,
  name: Name,
  fits: (record: RecordTypes[Name]) => boolean = () => true,
): RecordTypes[Name] | undefined {
  let seen = 0;
  for (const { record } of store.collection(name).entries()) {
    if (record.deleted_at === null && fits(record)) return record;
    seen += 1;
    if (seen === maxSeen) return undefined;
  }
  return undefined;
}

const maxSeen = 1000;
