import { circleInWords, circleOf } from '../../seeds/circles.ts';
import { singular } from '../../seeds/factories/relations.ts';
import { defaultSources } from '../../seeds/factories/organisation.ts';
import type { RecordTypes, ResourceName } from '../../seeds/index.ts';
import { checkFields, resolveReferences, settleInstants } from '../../seeds/fields.ts';
import type { Store } from '../store/store.ts';
import { refusal, type Editing } from './editing.ts';
import { livingNamed } from './named-records.ts';

/**
 * Checks that a record may be what it is about to become.
 *
 * @param before what it was; undefined for a new one
 * @throws EditProblem when Gem would not let it be
 */
export function checkRules<Name extends ResourceName>(
  editing: Editing,
  resource: Name,
  before: RecordTypes[Name] | undefined,
  after: RecordTypes[Name],
): void {
  const found =
    rulesOfResources[resource]?.(editing.world.store, before, after) ?? orphaned(editing, before, after);
  if (found) throw refusal(editing, ['set', found.field], found.message);
}

interface BrokenRule {
  field: string;
  message: string;
}

type Rule<Row> = (store: Store, before: Row | undefined, after: Row) => BrokenRule | undefined;

const rulesOfResources: { [Name in ResourceName]?: Rule<RecordTypes[Name]> } = {
  offices: (store, _before, office) => circleRule(store, 'offices', office),
  departments: (store, _before, department) => circleRule(store, 'departments', department),
  // Defaults can be neither edited nor removed (gem-ats-api §9).
  sources: (_store, before) =>
    before && isDefaultSource(before) && before.deleted_at === null
      ? {
          field: 'public_name',
          message: `"${before.public_name}" is one of Gem's own sources, which stay as they are; make another one`,
        }
      : undefined,
  // A job cannot be made confidential while a post of it is published (gem-ats-api §9).
  jobs: (store, before, job) => {
    if (!job.confidential || before?.confidential === true) return undefined;
    const live = store.collection('job_posts').by('job_id', job.id).find(isPublished);
    return (
      live && { field: 'confidential', message: `unpublish the post "${live.title}" (${live.id}) first` }
    );
  },
  job_posts: (store, before, post) => {
    const wasPublished = before !== undefined && isPublished(before) && before.job_id === post.job_id;
    if (!isPublished(post) || wasPublished) return undefined;
    const job = store.get('jobs', post.job_id);
    const message = job && reasonAgainstPublishing(job);
    return message === undefined ? undefined : { field: 'live', message };
  },
  job_stages: (store, before, stage) => {
    if (before === undefined || before.job_id === stage.job_id) return undefined;
    return sittersIn(store, stage.id) > 0
      ? { field: 'job_id', message: 'move the applications that sit in the stage to another one first' }
      : undefined;
  },
  applications: (store, before, application) => {
    const { job_id, current_stage_id: stageId, job_post_id: postId } = application;
    const hasOtherJob = before?.job_id !== job_id;
    const stage = stageId === null ? undefined : store.get('job_stages', stageId);
    if (stage && stage.job_id !== job_id && (hasOtherJob || before?.current_stage_id !== stageId)) {
      const field = hasOtherJob && before ? 'job_id' : 'current_stage_id';
      return { field, message: 'the stage belongs to another job; use transfer, or name a stage of the job' };
    }
    const post = postId === null ? undefined : store.get('job_posts', postId);
    return post && post.job_id !== job_id && before?.job_post_id !== postId
      ? { field: 'job_post_id', message: 'the post belongs to another job; name one of the job' }
      : undefined;
  },
};

/** Why a post of a job cannot be published now; undefined when it can. */
export function reasonAgainstPublishing({ confidential, status }: RecordTypes['jobs']): string | undefined {
  if (confidential) return 'a confidential job has no published posts; change confidential to false first';
  if (status === 'open') return undefined;
  return `the job is ${status}, and only posts of an open job are published; ${status === 'closed' ? 'reopen it' : 'change its status to open'} first`;
}

/** Whether a source is one of those that every Gem account starts with. */
export function isDefaultSource(source: RecordTypes['sources']): boolean {
  return defaultSources.some(
    ({ public_name, type }) => public_name === source.public_name && type === source.type.name,
  );
}

/**
 * How many applications sit in a stage. Only active ones do: an ended one is shown with its last stage, but the stage
 * can be deleted all the same (assumed; gem-ats-api §9).
 */
export function sittersIn(store: Store, stageId: string): number {
  return store
    .collection('applications')
    .by('current_stage_id', stageId)
    .filter(({ status, deleted_at }) => status === 'active' && deleted_at === null).length;
}

function isPublished({ live, deleted_at }: RecordTypes['job_posts']): boolean {
  return live && deleted_at === null;
}

/** Nothing can lie within itself; what embeds what could not be followed to its end. */
function circleRule(
  store: Store,
  resource: 'offices' | 'departments',
  { id, parent_id }: { id: string; parent_id: string | null },
): BrokenRule | undefined {
  const parentOf = (one: string) => (one === id ? parent_id : store.get(resource, one)?.parent_id);
  const ids = circleOf(id, parentOf);
  return ids && { field: 'parent_id', message: circleInWords({ ids }) };
}

/** A record that comes back needs what it belongs to. */
function orphaned(
  { world }: Editing,
  before: { deleted_at: string | null } | undefined,
  after: { deleted_at: string | null },
): BrokenRule | undefined {
  if (before === undefined || before.deleted_at === null || after.deleted_at !== null) return undefined;
  for (const [field, resource] of owners) {
    const id: unknown = Reflect.get(after, field);
    const owner = typeof id === 'string' ? world.store.get(resource, id) : undefined;
    if (owner && owner.deleted_at !== null)
      return { field: 'deleted_at', message: `bring the ${singular(resource)} "${owner.id}" back first` };
  }
  return undefined;
}

const owners = [
  ['candidate_id', 'candidates'],
  ['job_id', 'jobs'],
  ['application_id', 'applications'],
  ['interview_id', 'scheduled_interviews'],
] as const;

/**
 * Reads the fields of an edit: they have to suit the resource, and labels become ids. Records that are
 * referred to have to be there still, unless the record refers to them already.
 *
 * @param current the record that the fields are to change
 * @throws EditProblem at the first field that will not do
 */
export function readFields<Name extends ResourceName>(
  editing: Editing,
  resource: Name,
  written: Readonly<Record<string, unknown>>,
  current?: RecordTypes[Name],
): Partial<RecordTypes[Name]> {
  const [problem] = checkFields(resource, written);
  if (problem) {
    const { path, message, suggestion } = problem;
    const advice = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
    throw refusal(editing, ['set', ...path], `${message}${advice}`);
  }
  const held = current ? referencesOf(resource, current) : new Set<string>();
  // What suits the resource is part of a record of it.
  const fields = settleInstants(resource, written as Partial<RecordTypes[Name]>);
  const resolved = Object.entries(fields).map(([field, value]: [string, unknown]) => {
    const one = resolveReferences(resource, { [field]: value }, (target, name) =>
      held.has(`${target} ${name}`) ? name : livingNamed(editing, target, name, ['set', field]).id,
    );
    return [field, one[field]];
  });
  return Object.fromEntries(resolved) as Partial<RecordTypes[Name]>;
}

/** All that a record refers to, each as its resource and id. */
export function referencesOf(resource: ResourceName, record: object): Set<string> {
  const references = new Set<string>();
  resolveReferences(resource, record, (target, id) => {
    references.add(`${target} ${id}`);
    return id;
  });
  return references;
}
