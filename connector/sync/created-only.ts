import { identifier } from '../models/forms.ts';
import type { ListingName } from '../models/listings.ts';
import type { CreatedApplication } from '../store/queries/creations.ts';

/** What a sync reads of a list when only applications that were created through this connector count. */
export interface CreatedOnly {
  /** What to ask the list for, one after the other; undefined when the list is read as in the other mode. */
  queries(listing: ListingName): readonly Readonly<Record<string, string>>[] | undefined;
  /** Gem's ids of the records of the list that count, as far as they are known; undefined when all do. */
  ids(listing: ListingName): readonly string[] | undefined;
  /** Whether a record of the list counts. */
  counts(listing: ListingName, record: unknown): boolean;
}

/**
 * Decides what the created-only mode reads (kombo-unified-api §4.2): candidates, applications and interviews of created
 * applications; everything else is not concerned. Few candidates are asked for by their ids. Of applications and
 * interviews, which know no such filter, all are read that are as young as the first created application.
 */
export function createdOnly(created: readonly Omit<CreatedApplication, 'integrationId'>[]): CreatedOnly {
  const candidateIds = [...new Set(created.map(({ candidateRemoteId }) => candidateRemoteId))].toSorted();
  const candidates = new Set(candidateIds);
  const applications = new Set(created.map(({ applicationRemoteId }) => applicationRemoteId));
  const first = created[0];
  const young = first ? [{ created_after: dayBefore(first.at) }] : [];
  const concerned: Partial<Record<ListingName, Concern>> = {
    listCandidates: {
      queries: candidateIds.length > maxById ? [{}] : byId(candidateIds),
      names: candidates,
      by: 'id',
    },
    listApplications: { queries: young, names: applications, by: 'id' },
    listScheduledInterviews: { queries: young, names: applications, by: 'application_id' },
  };
  return {
    queries: (listing) => concerned[listing]?.queries,
    ids: (listing) => {
      const concern = concerned[listing];
      return concern && (concern.by === 'id' ? [...concern.names] : []);
    },
    counts: (listing, record) => {
      const concern = concerned[listing];
      if (!concern) return true;
      const names: ReadonlySet<unknown> = concern.names;
      return names.has(fieldOf(record, concern.by));
    },
  };
}

interface Concern {
  queries: readonly Readonly<Record<string, string>>[];
  names: ReadonlySet<string>;
  by: 'id' | 'application_id';
}

/** The smaller of the two caps that are known of; more ids at once might be refused (gem-ats-api §2.2). */
const idsPerCall = 20;

/** Above so many candidates, reading pages of 500 and leaving most out takes fewer calls in most accounts. */
const maxById = 25 * idsPerCall;

/** The queries that ask for candidates by their ids. */
export function byId(ids: readonly string[]): Readonly<Record<'candidate_ids', string>>[] {
  const calls = Math.ceil(ids.length / idsPerCall);
  return Array.from({ length: calls }, (_, call) => ({
    candidate_ids: ids.slice(call * idsPerCall, (call + 1) * idsPerCall).join(','),
  }));
}

/** A margin for a record whose creation Gem notes a moment before that of its application. */
function dayBefore(at: string): string {
  return new Date(Date.parse(at) - 24 * 3_600_000).toISOString();
}

function fieldOf(record: unknown, field: 'id' | 'application_id'): string | undefined {
  return typeof record === 'object' && record !== null ? identifier(Reflect.get(record, field)) : undefined;
}
