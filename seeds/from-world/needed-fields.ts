import { makeRecord } from '../factories/index.ts';
import { makePipeline } from '../factories/jobs.ts';
import { createKit, type Kit } from '../factories/kit.ts';
import { staff } from '../factories/relations.ts';
import { Identifiers } from '../identifiers.ts';
import {
  resourceNames,
  type JobRecord,
  type JobStageRecord,
  type Records,
  type ResourceName,
} from '../records.ts';
import { keyOf, keyOfStages } from '../scenario-file/make-records.ts';

type AnyRecord = Records[ResourceName][number];

/** What is made up depends on the seed: a field is left out only where it comes out right with each of these. */
export const seeds = ['mock-gem', 'another'] as const;

/** A world whose records are to be made up again. */
interface World {
  records: Records;
  now: string;
}

/** Tells of the records of a world which of their fields a file has to tell: the others would be made up just like that. */
export class NeededFields {
  readonly #world: World;
  readonly #byChance: ReadonlyMap<ResourceName, ReadonlySet<string>>;

  constructor(world: World) {
    this.#world = world;
    this.#byChance = new Map(resourceNames.map((name) => [name, fieldsByChance(world, name)]));
  }

  /** @param label the record's label, or how many of its resource stand before it */
  of(resource: ResourceName, record: AnyRecord, label: string | number): string[] {
    const wanted = textOf(record);
    let told: Record<string, unknown> = { ...record };
    for (const field of Object.keys(record)) {
      if (isOwner(field) || this.#byChance.get(resource)?.has(field)) continue;
      const { [field]: _left, ...rest } = told;
      const isMadeSo = seeds.every((seed) => madeUp(this.#world, seed, resource, label, rest) === wanted);
      if (isMadeSo) told = rest;
    }
    delete told['id'];
    return Object.keys(told);
  }
}

/** The fields of a resource that chance decides where all others are told: that one comes out right may be luck. */
function fieldsByChance(world: World, resource: ResourceName): Set<string> {
  const found = new Set<string>();
  for (const [index, record] of world.records[resource].slice(0, 3).entries()) {
    for (const field of Object.keys(record).filter((name) => name !== 'id' && !isOwner(name))) {
      const { [field]: _left, ...rest } = record as unknown as Record<string, unknown>;
      const made = Array.from({ length: 10 }, (_, seed) =>
        madeUp(world, String(seed), resource, index, rest),
      );
      if (new Set(made).size > 1) found.add(field);
    }
  }
  return found;
}

/** A record that is made up of what is told; undefined where that is too little. */
function madeUp(
  { records, now }: World,
  seed: string,
  resource: ResourceName,
  label: string | number,
  told: object,
): string | undefined {
  try {
    return textOf(
      makeRecord(kitOf(seed, keyOf(resource, label), now), resource, told, (name) => records[name]),
    );
  } catch {
    // Nothing can be made up without whom or what it belongs to.
    return undefined;
  }
}

/** Where a record belongs is told even if there is only one place. */
function isOwner(field: string): boolean {
  return [
    'candidate_id',
    'application_id',
    'job_id',
    'interview_id',
    'name',
    'first_name',
    'last_name',
  ].includes(field);
}

/** How the stages of a job are told: not, by their names, or as records of their own. */
export type ToldStages = 'untold' | 'names' | 'records';

/** How the stages of a job have to be told. */
export function neededStages(world: World, job: JobRecord, label: string | undefined): ToldStages {
  const wanted = world.records.job_stages.filter(({ job_id }) => job_id === job.id);
  const interviewers = staff((name) => world.records[name])
    .slice(0, 3)
    .map(({ id }) => id);
  const index = world.records.jobs.indexOf(job);
  const key = keyOfStages(keyOf('jobs', label ?? index));
  const comesOut = (names?: string[]) =>
    seeds.every((seed) => same(makePipeline(kitOf(seed, key, world.now), job, interviewers, names), wanted));
  if (comesOut()) return 'untold';
  return comesOut(wanted.map(({ name }) => name)) ? 'names' : 'records';
}

function same(made: readonly JobStageRecord[], wanted: readonly JobStageRecord[]): boolean {
  return (
    made.length === wanted.length && made.every((stage, index) => textOf(stage) === textOf(wanted[index]))
  );
}

function kitOf(seed: string, key: string, now: string): Kit {
  return createKit(`${seed}\n${key}`, now, new Identifiers(seed));
}

/** What a record says, its ids and those of its parts left out. */
function textOf(record: unknown): string {
  return JSON.stringify(record, (key, value: unknown) => {
    if (key === 'id' || key === 'item_id') return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}
