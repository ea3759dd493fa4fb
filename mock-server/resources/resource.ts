import { stringify } from 'safe-stable-stringify';
import type { GemSchemas, GemOperations } from '../../contracts/gem.ts';
import { Serialised, type Part } from '../../contracts/server/serialised.ts';
import type { RecordTypes } from '../../seeds/index.ts';
import type { OperationAnswer, OperationRequest } from '../../contracts/server/mount.ts';
import { notFound } from '../problems/problems.ts';
import type { Entry } from '../store/collection.ts';
import { linkPlaceholder, LinkTemplate, type LinkedFile } from '../store/link-template.ts';
import { Slabs } from '../store/slabs.ts';
import type { Links } from '../world/links.ts';
import type { World } from '../world/world.ts';
import { defaultSwitches, type Switches } from '../world/switches.ts';
import { noSuchRecord } from './references.ts';

/** What Gem sends for a record of each resource that has a listing or an item of its own. */
export interface WireTypes {
  users: GemSchemas['User'];
  offices: GemSchemas['Office'];
  departments: GemSchemas['Department'];
  sources: GemSchemas['SourceItem'];
  rejection_reasons: GemSchemas['RejectionReason'];
  close_reasons: GemSchemas['CloseReason'];
  custom_fields: GemSchemas['CustomField'];
  jobs: GemSchemas['Job'];
  job_stages: GemSchemas['JobStage'];
  job_posts: GemSchemas['JobPost'];
  candidates: GemSchemas['Candidate'];
  applications: GemSchemas['Application'];
  scheduled_interviews: GemSchemas['ScheduledInterview'];
  scorecards: GemSchemas['Scorecard'];
  offers: GemSchemas['Offer'];
  openings: GemSchemas['Opening'];
}

/** The part of a world that what is sent follows from. */
export type Presenting = Pick<World, 'store' | 'company'> & {
  links: Pick<Links, 'to'>;
  unnotedSwitches: Presentation;
};

/** A resource as it is sent. */
export interface Resource<Name extends keyof WireTypes> {
  name: Name;
  /** What one of them is called in a message. */
  label: string;
  /** Makes what is sent from the record, from the records that it embeds, and from the world's links. */
  present: (record: RecordTypes[Name], world: Presenting) => WireTypes[Name];
}

/**
 * The handler of one Gem operation. It does its work before it returns, so that no other request sees a world half
 * changed; and it checks everything before it writes anything.
 */
export type GemHandler<Id extends keyof GemOperations> = (
  request: OperationRequest<GemOperations[Id]>,
  world: World,
) => OperationAnswer<GemOperations[Id]>;

/** Any value as Gem's bytes: keys in alphabetical order (gem-ats-api §1.1). */
export function serialise<Value>(value: Value): Serialised<Value> {
  return new Serialised(Buffer.from(stringify(value) ?? 'null'));
}

/** The bytes of a record, made when it is first sent and saved until it or something it embeds changes. */
export function toWire<Name extends keyof WireTypes>(
  world: World,
  resource: Resource<Name>,
  entry: Entry<RecordTypes[Name]>,
): Serialised<WireTypes[Name]> {
  const sent = toPiece(world, resource, entry);
  return sent instanceof Serialised ? sent : new Serialised(sent);
}

/** The same for one of many: where its bytes lie in one piece, that piece. */
export function toPiece<Name extends keyof WireTypes>(
  world: World,
  resource: Resource<Name>,
  entry: Entry<RecordTypes[Name]>,
): Serialised<WireTypes[Name]> | Part {
  if (!isDefaultPresentation(world.unnotedSwitches)) return serialise(resource.present(entry.record, world));
  const sent = (entry.sent ??= write(world, resource, entry));
  if (sent instanceof LinkTemplate) return world.links.fill(sent);
  return sent ?? serialise(resource.present(entry.record, world));
}

/** What can be saved of a record's bytes for all worlds that share it. */
function write<Name extends keyof WireTypes>(
  { store, company, unnotedSwitches }: World,
  resource: Resource<Name>,
  entry: Entry<RecordTypes[Name]>,
): Part | LinkTemplate | undefined {
  const links: LinkedFile[] = [];
  const inGaps = {
    to({ id, filename }: LinkedFile) {
      links.push({ id, filename });
      return linkPlaceholder;
    },
  };
  const json = stringify(resource.present(entry.record, { store, links: inGaps, company, unnotedSwitches }));
  const save = (pieces: readonly string[]) => slabs.save(pieces, entry.isRewritten);
  return links.length > 0 ? LinkTemplate.cut(json, links, save) : save([json])[0];
}

/** The bytes of all worlds' records, since worlds share them. */
const slabs = new Slabs();

/**
 * One record by its id.
 *
 * @throws GemProblem 404 when there is none, or a deleted one that was not asked for (gem-ats-api §14 #8, #9); 422 for an
 *   id of no known form where a switch says so
 */
export function itemOf<Name extends keyof WireTypes>(
  world: World,
  resource: Resource<Name>,
  id: string,
  { include_deleted = false }: { include_deleted?: boolean } = {},
): { status: 200; body: Serialised<WireTypes[Name]> } {
  const entry = world.store.collection(resource.name).entry(id);
  if (!entry) throw noSuchRecord(world, resource, id);
  if (entry.record.deleted_at !== null && !include_deleted && world.switches.deleted_item === 'hidden') {
    throw notFound(resource.label);
  }
  return { status: 200, body: toWire(world, resource, entry) };
}

/** `deleted_at` for the resources that leave the key out of living records (gem-ats-api §12). */
export function whenDeleted(record: { deleted_at: string | null }): { deleted_at?: string } {
  return record.deleted_at === null ? {} : { deleted_at: record.deleted_at };
}

/**
 * The switches that change what is sent for a record. They are looked at without a note: the description says field by
 * field what is only assumed.
 */
const presentationSwitches = [
  'assigned_user_shape',
  'custom_field_shape',
  'job_place_fields',
  'absolute_url',
] as const satisfies readonly (keyof Switches)[];

type Presentation = Pick<Switches, (typeof presentationSwitches)[number]>;

/** Whether records are sent as by default. Only those bytes are saved, because worlds share them. */
function isDefaultPresentation(switches: Switches): boolean {
  if (switches !== lastAsked.switches) {
    const isDefault = presentationSwitches.every((name) => switches[name] === defaultSwitches[name]);
    lastAsked = { switches, isDefault };
  }
  return lastAsked.isDefault;
}

// A page asks for each of its records. Switches are never changed, only replaced, so that the same object means the same.
let lastAsked: { switches: Switches; isDefault: boolean } = { switches: defaultSwitches, isDefault: true };
