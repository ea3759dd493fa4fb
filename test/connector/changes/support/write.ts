import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { systemClock, toInstant } from '../../../../contracts/clock.ts';
import { models } from '../../../../connector/models/index.ts';
import { listings, type ListingName, type RecordOf } from '../../../../connector/models/listings.ts';
import { applicationSource, applicationSourceId } from '../../../../connector/policy/default-fields.ts';
import { mapCustomField } from '../../../../connector/store/queries/fields.ts';
import { markGone, beginReading } from '../../../../connector/store/queries/rows.ts';
import { beginSync, endSync } from '../../../../connector/store/queries/syncs.ts';
import type { Database } from '../../../../connector/store/schema.ts';
import { changeRows } from '../../../../connector/store/change-rows.ts';
import { derive } from '../../../../connector/sync/derivations.ts';
import { saveRecords } from '../../../../connector/sync/save-records.ts';
import { mapPage, writePage } from '../../../../connector/sync/page.ts';
import { contextOf } from '../../../../connector/sync/reading.ts';
import {
  applicationRecord,
  candidateRecord,
  interviewRecord,
  jobRecord,
  postRecord,
  stageRecord,
  userLite,
  userRecord,
} from '../../../support/gem-records.ts';
import type { SharedAccount } from './account.ts';

/** What was written, and when that was over. */
export interface Written {
  /** By version, or by the name of the transaction where it made no versions of its own. */
  ends: Map<string, number>;
  writes: number;
  /** Writes that failed. */
  failures: unknown[];
  /** The end of the sync that runs: an integration is never synced twice at once. */
  lastSync: Promise<void>;
}

/** How many records of each list there are. */
export interface Size {
  records: number;
}

/** One of those who write. */
interface Writer {
  which: number;
  /** How much it writes at most. */
  turns: number;
  size: Size;
  signal: AbortSignal;
  into: Written;
}

const numberOf = (size: number) => Math.floor(Math.random() * size);
function oneOf<Item>(items: readonly Item[]): Item {
  const item = items[numberOf(items.length)];
  if (item === undefined) throw new Error('there is none to choose');
  return item;
}

/** Writes one thing after the other until it is told to stop, or has done as many as it was to: pages, answers to writes, ends of syncs, mappings. */
export async function writeOn(
  { integration, stores }: SharedAccount,
  { which, turns, size, signal, into }: Writer,
): Promise<void> {
  const store = stores[which % stores.length];
  if (!store) return;
  const { database } = store;
  for (let turn = 1; turn <= turns && !signal.aborted; turn += 1) {
    const version = `${which}-${turn}`;
    try {
      const chance = Math.random();
      if (chance < 0.01) {
        const settleNow = () => settle(database, integration.id, into);
        await (into.lastSync = into.lastSync.then(settleNow, settleNow));
      } else if (chance < 0.015) await mapAnew(database, integration.id);
      else await writeRecords(store, integration, { version, size });
      into.ends.set(version, performance.now());
    } catch (error) {
      into.failures.push(error);
    }
    into.writes += 1;
    await setTimeout(numberOf(40));
  }
}

async function writeRecords(
  store: SharedAccount['stores'][number],
  integration: SharedAccount['integration'],
  { version, size }: { version: string; size: Size },
): Promise<void> {
  const ids = [...new Set(Array.from({ length: 1 + numberOf(5) }, () => numberOf(size.records)))];
  const listing = oneOf(listings);
  const make = makers[listing.operation];
  const by = { version, at: momentOfGem(), other: numberOf(size.records), few: numberOf(3) };
  if (isOfActions(listing.operation) && Math.random() < 0.5) {
    const { operation } = listing;
    const saved = await saveRecords({
      store,
      clock: systemClock,
      integration,
      listing: operation,
      records: ids.map((id) => makers[operation](id, by)),
    });
    if (saved.rejected > 0) throw new Error(`a record of ${operation} was rejected`);
    return;
  }
  const reading = await beginReading(store.database);
  // Gem takes its time, and somebody else may write meanwhile.
  await setTimeout(numberOf(30));
  const page = mapPage(
    listing,
    ids.map((id) => make(id, by)),
    contextOf(integration),
  );
  if (page.rejected[0]) throw new Error(page.rejected[0].reason);
  const into = { integrationId: integration.id, clock: systemClock };
  await changeRows(store.database, into, async (transaction, at) => {
    await writePage(transaction, page, { integrationId: integration.id, syncId: undefined, reading, at });
    if (Math.random() < 0.3)
      await derive(transaction, { integrationId: integration.id, at, rows: page.rows });
  });
}

/** Times stand still now and then, as they do where Gem does not count a change. */
function momentOfGem(): string {
  return toInstant(Math.random() < 0.1 ? 0 : Date.now());
}

/** What actions store. */
function isOfActions(listing: ListingName): listing is 'listCandidates' | 'listApplications' {
  return listing === 'listCandidates' || listing === 'listApplications';
}

/** What a record is made of: the text that tells it apart, and to which others it belongs. */
interface By {
  version: string;
  at: string;
  other: number;
  few: number;
}

const makers = {
  listUsers: (id, { version, at, few }) =>
    userRecord(`user-${id}`, { last_name: version, deleted_at: few === 0 ? at : null }),
  listJobs: (id, { version, at, other, few }) =>
    jobRecord(`job-${id}`, {
      name: version,
      updated_at: at,
      hiring_team: { recruiters: [userLite(`user-${other}`), userLite(`user-${few}`)] },
    }),
  listJobStages: (id, { version, other }) =>
    stageRecord(`stage-${id}`, `job-${other}`, [`item-${id}`], { name: version }),
  listJobPosts: (id, { version, at, other }) =>
    postRecord(`post-${id}`, `job-${other}`, { title: version, updated_at: at }),
  listCandidates: (id, { version, at }) =>
    candidateRecord(`candidate-${id}`, { last_name: version, updated_at: at }),
  listApplications: (id, { version, at, other, few }) =>
    applicationRecord(`application-${id}`, `candidate-${other}`, {
      status: 'rejected',
      rejected_at: at,
      rejection_reason: { id: 'reason', name: version, type: { id: 'type', name: 'Type' } },
      last_activity_at: at,
      current_stage: { id: `stage-${few}`, name: 'Stage' },
    }),
  listScheduledInterviews: (id, { version, at, other, few }) =>
    interviewRecord(`interview-${id}`, `application-${other}`, {
      interview: { id: 'definition', name: version },
      updated_at: at,
      job_stage_interview_item_id: `item-${few}`,
      interviewers: [
        {
          email: 'user@example.com',
          employee_id: null,
          id: `user-${other}`,
          name: 'Uma User',
          response_status: 'accepted',
          scorecard_id: null,
        },
      ],
    }),
} satisfies { [Listing in ListingName]: (id: number, by: By) => RecordOf[Listing] };

/** The end of a full sync that met nothing of a model. */
async function settle(database: Database, integrationId: string, into: Written): Promise<void> {
  const startedAt = toInstant(Date.now());
  const { sync } = await beginSync(database, { integrationId, type: 'FULL', startedAt });
  const { name: model } = oneOf(models);
  const transaction = await changeRows(database, { integrationId, clock: systemClock }, async (open, at) => {
    await markGone(open, { model, integrationId, syncId: sync.id, at });
    await derive(open, { integrationId, at });
    const { rows } = await sql<{ name: string }>`select pg_current_xact_id()::text as name`.execute(open);
    return rows[0]?.name ?? '';
  });
  into.ends.set(`transaction ${transaction}`, performance.now());
  await endSync(database, { id: sync.id, state: 'SUCCEEDED', endedAt: startedAt, problem: null });
}

/** Somebody maps the field of all applications otherwise. */
async function mapAnew(database: Database, integrationId: string): Promise<void> {
  const application = applicationRecord('any', 'any');
  const [source, sourceId] = [
    applicationSource(integrationId, application),
    applicationSourceId(integrationId, application),
  ];
  await mapCustomField(database, {
    integrationId,
    mapping: {
      model: 'ats_applications',
      key: 'source',
      integrationFieldId: oneOf([source.id, sourceId.id]),
    },
    before: source.id,
    clock: systemClock,
  });
}
