import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import { invalidField } from '../../problems/problems.ts';
import type { Entry } from '../../store/collection.ts';
import type { World } from '../../world/world.ts';
import { created, filters, oneOf, updated } from '../listing/filters.ts';
import { listPage } from '../listing/pages.ts';
import { itemOf, whenDeleted, type GemHandler, type Presenting, type Resource } from '../resource.ts';
import { presentApplication } from './applications.ts';

type CandidateRecord = RecordTypes['candidates'];

/** Candidates with their applications and files (gem-ats-api §3.1). */
export const candidates: Resource<'candidates'> = {
  name: 'candidates',
  label: 'Candidate',
  present: (candidate, world) => {
    const { store } = world;
    const living = store
      .collection('applications')
      .by('candidate_id', candidate.id)
      .filter((application) => application.deleted_at === null);
    return {
      application_ids: living.map(({ id }) => id),
      applications: living.map((application) => presentApplication(application, world)),
      attachments: store
        .collection('attachments')
        .by('candidate_id', candidate.id)
        .filter((attachment) => attachment.deleted_at === null)
        .map((attachment) => presentFile(world, attachment)),
      company: candidate.company,
      created_at: candidate.created_at,
      educations: candidate.educations,
      email_addresses: candidate.email_addresses,
      employments: candidate.employments,
      first_name: candidate.first_name,
      id: candidate.id,
      is_private: candidate.is_private,
      last_activity: candidate.last_activity,
      last_name: candidate.last_name,
      linked_user_ids: candidate.linked_user_ids,
      phone_numbers: candidate.phone_numbers,
      social_media_addresses: candidate.social_media_addresses,
      tags: candidate.tags,
      title: candidate.title,
      updated_at: candidate.updated_at,
      ...whenDeleted(candidate),
    };
  },
};

export const listCandidates: GemHandler<'listCandidates'> = ({ query }, world) => {
  refuseTooManyIds(world, query.candidate_ids);
  return listPage(
    world,
    candidates,
    query,
    filters(
      created(query),
      updated(query),
      oneOf(query.job_id === undefined ? undefined : applicants(world, query.job_id)),
      oneOf(query.candidate_ids),
    ),
    byEmail(world, query.email),
  );
};

export const getCandidate: GemHandler<'getCandidate'> = ({ path, query }, world) =>
  itemOf(world, candidates, path.candidate_id, query);

/** What Gem sends for a file of a candidate; it has no id. */
export function presentFile(
  world: Pick<Presenting, 'links'>,
  attachment: RecordTypes['attachments'],
): GemSchemas['StoredFile'] {
  return {
    created_at: attachment.created_at,
    filename: attachment.filename,
    type: attachment.type,
    url: world.links.to(attachment),
  };
}

/** Asking for too many at once is refused; for how many is not known (gem-ats-api §14 #15). */
function refuseTooManyIds(world: World, ids: readonly string[] | undefined): void {
  if (!ids || ids.length <= fewestLimit) return;
  const limit = world.switches.candidate_ids_limit;
  if (ids.length > limit) {
    throw invalidField(['candidate_ids'], `Longer than maximum length ${limit}.`, 'query');
  }
}

/** So many ids are allowed under any limit. */
const fewestLimit = 20;

function byEmail(world: World, email: string | undefined): Entry<CandidateRecord>[] | undefined {
  if (email === undefined) return undefined;
  return world.store.collection('candidates').entriesBy('email', email.toLowerCase());
}

function applicants(world: World, jobId: string): string[] {
  const applications = world.store.collection('applications').by('job_id', jobId);
  return applications.filter(({ deleted_at }) => deleted_at === null).map((one) => one.candidate_id);
}
