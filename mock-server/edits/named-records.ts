import { singular } from '../../seeds/factories/relations.ts';
import type { RecordTypes, ResourceName } from '../../seeds/index.ts';
import { nearest } from '../../seeds/nearest.ts';
import { pipelineOf } from '../resources/ats/job-stages.ts';
import type { World } from '../world/world.ts';
import { refusal, type Editing } from './editing.ts';

type Path = readonly (string | number)[];

/**
 * The record with this id or label, deleted or not.
 *
 * @throws EditProblem with the nearest right word
 */
export function recordNamed<Name extends ResourceName>(
  editing: Editing,
  resource: Name,
  name: string,
  path: Path,
): RecordTypes[Name] {
  const { store, labels } = editing.world;
  const label = Object.hasOwn(labels, name) ? labels[name] : undefined;
  const found = store.get(resource, label?.resource === resource ? label.id : name);
  if (found) return found;
  const what = singular(resource);
  if (label) {
    throw refusal(editing, path, `"${name}" is a ${singular(label.resource)}; name a ${what} here`);
  }
  const known = Object.keys(labels).filter((other) => labels[other]?.resource === resource);
  const meant = nearest(name, known);
  const advice =
    meant === undefined
      ? `read ids from ${resource}, or give a record a label with "as" when it is made`
      : `did you mean "${meant}"?`;
  throw refusal(editing, path, `no ${what} has the id or label "${name}"; ${advice}`);
}

/**
 * The record with this id or label, which must not be deleted.
 *
 * @throws EditProblem
 */
export function livingNamed<Name extends ResourceName>(
  editing: Editing,
  resource: Name,
  name: string,
  path: Path,
): RecordTypes[Name] {
  const record = recordNamed(editing, resource, name, path);
  if (record.deleted_at === null) return record;
  throw refusal(
    editing,
    path,
    `the ${singular(resource)} "${name}" was deleted at ${record.deleted_at}; name another one, or bring it back by changing deleted_at to null`,
  );
}

/**
 * The stage of a job with this id, label or name.
 *
 * @throws EditProblem that tells the job's stages
 */
export function stageNamed(
  editing: Editing,
  jobId: string,
  name: string,
  path: Path,
): RecordTypes['job_stages'] {
  const stages = pipelineOf(editing.world.store, jobId);
  const { labels } = editing.world;
  const labelled = Object.hasOwn(labels, name) ? labels[name]?.id : undefined;
  const found =
    stages.find(({ id }) => id === name || id === labelled) ??
    stages.find((stage) => stage.name === name) ??
    stages.find((stage) => plain(stage.name) === plain(name));
  if (found) return found;
  const names = stages.map((stage) => stage.name);
  const meant = nearest(name, names);
  const advice = meant === undefined ? `its stages are: ${names.join(', ')}` : `did you mean "${meant}"?`;
  throw refusal(editing, path, `the job has no stage "${name}"; ${advice}`);
}

/** A name as people compare names. */
function plain(name: string): string {
  return name.trim().toLowerCase();
}

/** The label of a record, if it has one. */
export function labelOf({ labels }: World, resource: ResourceName, id: string): string | undefined {
  for (const [label, meant] of Object.entries(labels)) {
    if (meant.id === id && meant.resource === resource) return label;
  }
  return undefined;
}
