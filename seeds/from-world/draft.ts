import {
  recordSchema,
  resourceNames,
  type JobStageRecord,
  type ResourceName,
  type Records,
} from '../records.ts';
import type { Edit, WorldSeed } from '../scenario.ts';
import type { Fields } from '../scenario-file/structure.ts';
import { tellDuration } from '../times.ts';
import { labelRecords } from './label-records.ts';
import { NeededFields, neededStages, type ToldStages } from './needed-fields.ts';
import { nestedIds } from './same-records.ts';
import { FieldWriter } from './write-fields.ts';

/** A world, as far as a scenario can tell it. */
export type ToldWorld = Pick<WorldSeed, 'company' | 'records' | 'labels' | 'timeline'> & {
  /** The instant that times are told from. */
  now: string;
};

/** How much is told of a field: its value without the ids of its parts, or with them. */
type Told = 'short' | 'whole';

/** A file in the making, which tells more with each round. */
export class Draft {
  readonly #world: ToldWorld;
  readonly #purpose: string;
  readonly #keepsIds: boolean;
  readonly #writer: FieldWriter;
  /** Labels by ids. */
  readonly #labels: ReadonlyMap<string, string>;
  readonly #told: Record<ResourceName, Map<string, Told>[]>;
  readonly #stageById: ReadonlyMap<string, JobStageRecord>;
  readonly #stagesByJob: ReadonlyMap<string, readonly JobStageRecord[]>;
  #places: Map<string, { told: Map<string, Told>; field: string }[]> | undefined;
  /** How the stages of each job are told: not, by their names, or as records. */
  readonly #stages = new Map<string, ToldStages>();

  constructor(world: ToldWorld, purpose: string, keepsIds: boolean) {
    this.#world = world;
    this.#purpose = purpose;
    this.#keepsIds = keepsIds;
    this.#labels = labelRecords(world);
    const { jobs, job_stages: stages } = world.records;
    this.#stageById = new Map(stages.map((stage) => [stage.id, stage]));
    this.#stagesByJob = Map.groupBy(stages, ({ job_id }) => job_id);
    const fields = new NeededFields(world);
    this.#told = Object.fromEntries(
      resourceNames.map((name) => [
        name,
        world.records[name].map((record, index) => {
          const needed = fields.of(name, record, this.#labels.get(record.id) ?? index);
          const told = new Map(needed.map((field): [string, Told] => [field, 'short']));
          const withIds = keepsIds ? nestedIds(name, record) : [];
          for (const { path } of withIds) told.set(String(path[0]), 'whole');
          return told;
        }),
      ]),
    ) as Record<ResourceName, Map<string, Told>[]>;
    const unclear = this.#jobsWithUnclearStages();
    for (const job of jobs) {
      const isWhole = keepsIds || unclear.has(job.id);
      this.#stages.set(job.id, isWhole ? 'records' : neededStages(world, job, this.#labels.get(job.id)));
    }
    this.#writer = new FieldWriter(world.now, (id) => this.#wordFor(id));
  }

  /** How a record is called. */
  nameOf(resource: ResourceName, index: number): string {
    const id = this.#world.records[resource][index]?.id ?? '';
    return this.#labels.get(id) ?? `${resource} ${index + 1}`;
  }

  /** Tells more, so that what is different comes out right. @returns whether there was more to tell */
  tell(different: readonly { resource: ResourceName; index: number; field: string }[]): boolean {
    const more = different.filter(({ resource, index, field }) => this.#tellField(resource, index, field));
    // Whether the ids matter shows when all else is told.
    if (more.length > 0) return true;
    return different.filter(({ resource, index, field }) => this.#tellIds(resource, index, field)).length > 0;
  }

  /** @returns whether it was not told yet */
  #tellField(resource: ResourceName, index: number, field: string): boolean {
    const told = this.#told[resource][index];
    const record = this.#world.records[resource][index];
    if (!told || !record) return false;
    if ('priority' in record && this.#stages.get(record.job_id) !== 'records') {
      this.#stages.set(record.job_id, 'records');
      return true;
    }
    if (told.has(field) || !(field in record) || field === 'id') return false;
    told.set(field, 'short');
    return true;
  }

  document(): Fields {
    const { company, records, timeline, now } = this.#world;
    const written = resourceNames.map((name): [string, Fields[]] => [
      name,
      records[name].flatMap((record, index) => this.#record(name, record, index)),
    ]);
    const planned = timeline.map(({ at, edit }) =>
      Object.assign({ after: tellDuration(Date.parse(at) - Date.parse(now)) }, this.#edit(edit, at)),
    );
    const named = this.#writer.texts(company);
    return {
      purpose: this.#purpose,
      extends: 'nothing',
      company: named,
      // All texts are written by now: whether one has a dollar is known.
      ...(this.#writer.hasDollars && { parameters: this.#writer.parameters }),
      records: Object.fromEntries(written.filter(([, list]) => list.length > 0)),
      ...(planned.length > 0 && { timeline: planned }),
    };
  }

  #record(resource: ResourceName, record: Records[ResourceName][number], index: number): Fields[] {
    const stages = this.#stages.get(
      resource === 'job_stages' && 'job_id' in record ? (record.job_id ?? '') : '',
    );
    if (stages !== undefined && stages !== 'records') return [];
    const told = this.#told[resource][index] ?? new Map<string, Told>();
    const label = this.#labels.get(record.id);
    const fields = Object.keys(recordSchema(resource).properties ?? {}).flatMap(
      (field): [string, unknown][] => {
        const how = told.get(field);
        // It is one of the fields that the schema names.
        const value = (record as unknown as Fields)[field];
        if (how === undefined || value === undefined) return [];
        return [[field, this.#writer.field(resource, field, value, how === 'whole')]];
      },
    );
    return [
      {
        ...(label !== undefined && { as: label }),
        ...(this.#keepsIds && { id: record.id }),
        ...Object.fromEntries(fields),
        ...(resource === 'jobs' &&
          this.#stages.get(record.id) === 'names' && { stages: this.#names(record.id) }),
      },
    ];
  }

  #names(job: string): string[] {
    return this.#stagesOf(job).map(({ name }) => this.#writer.text(name));
  }

  #stagesOf(job: string): readonly JobStageRecord[] {
    return this.#stagesByJob.get(job) ?? [];
  }

  /** Tells a field with the ids of its parts, and whatever else has these ids. @returns whether it was not told so yet */
  #tellIds(resource: ResourceName, index: number, field: string): boolean {
    const record = this.#world.records[resource][index];
    if (!record || this.#told[resource][index]?.get(field) !== 'short') return false;
    this.#told[resource][index].set(field, 'whole');
    for (const { id, path } of nestedIds(resource, record)) {
      if (path[0] !== field) continue;
      for (const place of this.#placesOf().get(id) ?? []) place.told.set(place.field, 'whole');
    }
    return true;
  }

  /** The fields that have each id of a part. */
  #placesOf(): Map<string, { told: Map<string, Told>; field: string }[]> {
    if (this.#places) return this.#places;
    this.#places = new Map();
    for (const name of resourceNames) {
      for (const [index, record] of this.#world.records[name].entries()) {
        const told = this.#told[name][index];
        if (!told) continue;
        for (const { id, path } of nestedIds(name, record)) {
          const known = this.#places.get(id) ?? [];
          this.#places.set(id, known);
          known.push({ told, field: String(path[0]) });
        }
      }
    }
    return this.#places;
  }

  /** What a record is called by those that refer to it. A stage that is no record of the file goes by its name. */
  #wordFor(id: string): string | undefined {
    const stage = this.#stageById.get(id);
    if (stage && this.#stages.get(stage.job_id) !== 'records') return this.#writer.text(stage.name);
    return this.#labels.get(id);
  }

  /** Jobs of which a stage is not found by the job and its name alone. */
  #jobsWithUnclearStages(): Set<string> {
    const { labels, records, timeline } = this.#world;
    const unclear = new Set<string>();
    const note = (id: string | null) => void unclear.add(this.#stageById.get(id ?? '')?.job_id ?? '');
    for (const { id } of Object.values(labels)) note(id);
    for (const { job_id, current_stage_id: stage } of records.applications) {
      if (stage !== null && this.#stageById.get(stage)?.job_id !== job_id) note(stage);
    }
    const edits = JSON.stringify(timeline);
    const labelled = new Set(Object.keys(labels));
    for (const [job, stages] of this.#stagesByJob) {
      const names = new Set(stages.map(({ name }) => name));
      const isNamed = stages.some(({ id, name }) => edits.includes(id) || labelled.has(name));
      if (isNamed || names.size < stages.length) unclear.add(job);
    }
    return unclear;
  }

  #edit(edit: Edit, at: string): Fields {
    const { do: verb, ...rest } = edit;
    const writer = new FieldWriter(at, (id) => this.#wordFor(id));
    const words = Object.entries(rest).map(([key, value]: [string, unknown]) => {
      if (key === 'set' && 'resource' in edit) return [key, writer.fields(edit.resource, value as Fields)];
      return [key, typeof value === 'string' ? (this.#labels.get(value) ?? writer.text(value)) : value];
    });
    this.#writer.hasDollars ||= writer.hasDollars;
    return { do: verb, ...Object.fromEntries(words) };
  }
}
