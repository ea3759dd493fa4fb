// What the items of the unified API hold, and which column of which row each value is.
import type { ModelName } from '../../contracts/coverage.ts';
import { komboId } from '../identifiers.ts';
import { models } from '../models/index.ts';
import type { Model } from '../models/model.ts';
import { isContainer } from './noted.ts';

/** A column of a row, and the row that the record of Gem is stored as. */
export interface Origin {
  model: ModelName;
  id: string;
  /** Empty for what is read to find parts that are not there. */
  column: string;
  /** Of a part, the record that it is part of. */
  record: RecordReference;
}

/** A record of Gem, by the row that it became. */
export interface RecordReference {
  model: ModelName;
  id: string;
}

/** One value of an item. */
export interface ItemValue {
  /** Where it stands: `stages[0].name`. */
  field: string;
  value: unknown;
  /** The model that the value belongs to, and what it is called there. */
  model: ModelName;
  name: string;
  /** None where the unified API has a field that Gem does not fill. */
  origins: Origin[];
  /** A list or an object of records that has none. */
  isWithoutRecords?: boolean;
}

/** Lists the values of an item, those of the records that it holds included. */
export function valuesOf(model: ModelName, item: object, integrationId: string): ItemValue[] {
  return walk({ model, item, integrationId, prefix: '', links: () => [] });
}

/** How an item holds others. */
interface Nested {
  model: ModelName;
  /** The column of the holder that names the other. */
  by?: string;
  /** The column of the other that names the holder. */
  of?: string;
  /** The part that joins the two, and the values that it gives. */
  join?: Join;
}

interface Join {
  model: ModelName;
  /** Whose part it is. */
  partOf: 'holder' | 'held';
  columns: Readonly<Record<string, string>>;
  names: readonly string[];
}

const placeInJob: Join = {
  model: 'ats_join_jobs_application_stages',
  partOf: 'held',
  columns: { index: 'index' },
  names: ['job_id', 'stage_id'],
};

const nested: Partial<Record<ModelName, Readonly<Record<string, Nested>>>> = {
  ats_jobs: {
    stages: { model: 'ats_application_stages', join: placeInJob },
    job_postings: { model: 'ats_job_postings', of: 'job_id' },
    hiring_team: {
      model: 'ats_users',
      join: {
        model: 'ats_join_jobs_users',
        partOf: 'holder',
        columns: { hiring_team_roles: 'roles' },
        names: ['job_id', 'user_id'],
      },
    },
  },
  ats_candidates: { applications: { model: 'ats_applications', of: 'candidate_id' } },
  ats_applications: {
    candidate: { model: 'ats_candidates', by: 'candidate_id' },
    current_stage: { model: 'ats_application_stages', by: 'current_stage_id' },
    job: { model: 'ats_jobs', by: 'job_id' },
    interviews: { model: 'ats_interviews', of: 'application_id' },
  },
  ats_interviews: {
    users: {
      model: 'ats_users',
      join: {
        model: 'ats_join_interviews_users',
        partOf: 'holder',
        columns: {},
        names: ['interview_id', 'user_id'],
      },
    },
    application: { model: 'ats_applications', by: 'application_id' },
  },
};

interface Walk {
  model: ModelName;
  item: object;
  integrationId: string;
  prefix: string;
  /** Of what the item stands where it stands, by the names of its values. */
  links(name: string): Origin[];
}

function walk({ model, item, integrationId, prefix, links }: Walk): ItemValue[] {
  const id = textOf(item, 'id');
  return Object.entries(item).flatMap<ItemValue>(([name, value]) => {
    const field = `${prefix}${name}`;
    const held = nested[model]?.[name];
    if (held) return walkHeld(held, { model, item, integrationId, field, name, value });
    const own = columnsOf(model).has(name) ? [originOf(model, id, name, item)] : [];
    return [{ field, value, model, name, origins: [...own, ...links(name)] }];
  });
}

function walkHeld(
  held: Nested,
  holder: {
    model: ModelName;
    item: object;
    integrationId: string;
    field: string;
    name: string;
    value: unknown;
  },
): ItemValue[] {
  const { model, item, integrationId, field, name, value } = holder;
  const byHolder = held.by === undefined ? [] : [originOf(model, textOf(item, 'id'), held.by, item)];
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map((one, index) => [`${field}[${index}]`, one])
    : [[field, value]];
  const found = entries.filter((entry): entry is [string, object] => isContainer(entry[1]));
  if (found.length === 0) {
    // The parts that are not there are looked for in the holder's own record.
    const record = { model, id: textOf(item, 'id') };
    const none =
      held.join?.partOf === 'holder' ? [{ ...record, model: held.join.model, column: '', record }] : [];
    return [{ field, value, model, name, origins: [...byHolder, ...none], isWithoutRecords: true }];
  }
  return found.flatMap(([place, inner]) => {
    const id = textOf(inner, 'id');
    const part = held.join && partOf(held.join, held.model, { ...holder, inner });
    const index = indexOf(held, item, inner, integrationId);
    const links = (key: string): Origin[] => {
      const column = part?.join.columns[key];
      if (part && column !== undefined) return [part.origin(column)];
      if (index && key === 'index') return [index];
      if (key !== 'id' && key !== 'remote_id') return [];
      const named = held.of === undefined ? [] : [originOf(held.model, id, held.of, inner)];
      return [...byHolder, ...named, ...(part?.join.names.map(part.origin) ?? [])];
    };
    return walk({ model: held.model, item: inner, integrationId, prefix: `${place}.`, links });
  });
}

function partOf(
  join: Join,
  heldModel: ModelName,
  {
    model,
    item,
    inner,
    integrationId,
  }: { model: ModelName; item: object; inner: object; integrationId: string },
) {
  const id = komboId(integrationId, `${textOf(item, 'remote_id')}/${textOf(inner, 'remote_id')}`);
  const record =
    join.partOf === 'holder'
      ? { model, id: textOf(item, 'id') }
      : { model: heldModel, id: textOf(inner, 'id') };
  return { join, origin: (column: string): Origin => ({ model: join.model, id, column, record }) };
}

/** The stage of an application has its place in the order of the job that is shown beside it. */
function indexOf(held: Nested, item: object, stage: object, integrationId: string): Origin | undefined {
  const job: unknown = Reflect.get(item, 'job');
  if (held.by !== 'current_stage_id' || !isContainer(job)) return undefined;
  const id = komboId(integrationId, `${textOf(job, 'remote_id')}/${textOf(stage, 'remote_id')}`);
  const record = { model: held.model, id: textOf(stage, 'id') };
  return { model: placeInJob.model, id, column: 'index', record };
}

function originOf(model: ModelName, id: string, column: string, row: object): Origin {
  const { owner } = modelOf(model);
  const record =
    owner === undefined ? { model, id } : { model: recordModelOf(model), id: textOf(row, owner) };
  return { model, id, column, record };
}

/** The columns that a row of a model has, those of every model included. */
export function columnsOf(model: ModelName): ReadonlySet<string> {
  const { columns, derivedColumns } = modelOf(model);
  return new Set([
    'id',
    'remote_id',
    'changed_at',
    'remote_deleted_at',
    ...Object.keys({ ...columns, ...derivedColumns }),
  ]);
}

/** @returns a model by its name */
export function modelOf(name: ModelName): Model {
  const found = every.find((model) => model.name === name);
  if (!found) throw new Error(`there is no model ${name}`);
  return found;
}

/** The model whose rows are whole records of the list that a model is fed by. */
export function recordModelOf(name: ModelName): ModelName {
  const { listing } = modelOf(name);
  return every.find((model) => model.listing === listing && model.owner === undefined)?.name ?? name;
}

const every: readonly Model[] = models;

function textOf(item: object, key: string): string {
  return String(Reflect.get(item, key));
}
