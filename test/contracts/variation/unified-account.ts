// What the connector makes of an account, and how that differs when Gem varies.
import { createGemClient, type GemClient } from '../../../connector/gem/client.ts';
import { pagesOf } from '../../../connector/gem/pages.ts';
import { listings } from '../../../connector/models/listings.ts';
import { mapPage } from '../../../connector/sync/page.ts';
import type { NamedForms } from '../../../contracts/harness/smallest-variation.ts';

/** Everything that the connector makes of an account, by the model and by what it is called at Gem. */
export type UnifiedAccount = ReadonlyMap<string, Record<string, unknown>>;

interface Account {
  url: string;
  apiKey: string;
  applicationSecret: string;
}

/** Reads every list over HTTP, and maps it. What could not be read stands under `unread`. */
export async function readAccount(account: Account): Promise<UnifiedAccount> {
  const gem = bounded(createGemClient({ ...account, retry: { limit: 0, delay: () => 1 } }));
  const shown = new Map<string, Record<string, unknown>>();
  for (const listing of listings) {
    for await (const { records } of pagesOf(gem, listing.operation, listing.query)) {
      const { rows, rejected } = mapPage(listing, records, context);
      for (const [model, found] of rows) {
        for (const row of found) shown.set(`${model} ${row.remote_id}`, row);
      }
      for (const { remoteId, reason } of rejected)
        shown.set(`unread ${listing.operation} ${remoteId}`, { reason });
    }
  }
  return shown;
}

/** So many requests are plenty for a small account: whoever asks for more asks for ever. */
function bounded(gem: GemClient): GemClient {
  let left = 200;
  return {
    ...gem,
    ask(...call) {
      left -= 1;
      if (left < 0) throw new Error('the pages of a list have no end');
      return gem.ask(...call);
    },
  };
}

const context = { integrationId: 'gem:1', jobBoardVanity: 'acme', isRemoteDataEnabled: false };

/**
 * How two accounts differ that hold the same, beside what a variation takes away.
 *
 * @returns one line for each difference
 */
export function differences(usual: UnifiedAccount, other: UnifiedAccount, forms: NamedForms): string[] {
  const gone = new Set(
    Object.entries(lost).flatMap(([guess, { forms: losing, columns }]) =>
      losing.includes(String(forms[guess])) ? columns : [],
    ),
  );
  return [...new Set([...usual.keys(), ...other.keys()])].flatMap((name) => {
    const [expected, got] = [usual.get(name), other.get(name)];
    if (!expected || !got) return [expected ? `${name} is lost` : `${name}: ${JSON.stringify(got)}`];
    const [model = ''] = name.split(' ');
    return Object.keys(expected).flatMap((column) => {
      const [one, two] = [expected[column], got[column]].map((value) =>
        JSON.stringify(without(value, `${model} ${column}`, gone)),
      );
      return one === two ? [] : [`${name}: ${column} is ${two}, not ${one}`];
    });
  });
}

const words = ['missing', 'null', 'another word'] as const;

/** What a variation takes away, so that nobody can show it. */
const lost: Readonly<Record<string, { forms: readonly string[]; columns: readonly string[] }>> = {
  'Job.location_type': { forms: words, columns: ['ats_jobs remote_work_status'] },
  job_place_fields: { forms: ['left_out'], columns: ['ats_jobs remote_work_status'] },
  'Candidate.applications': { forms: ['not repeated'], columns: ['ats_candidates source'] },
  'PhoneNumber.type': { forms: words, columns: ['ats_candidates phone_numbers type'] },
  'EmailAddress.type': { forms: words, columns: ['ats_candidates email_addresses type'] },
};

/** A column without what is gone of it, and without what is only another form of the same in a record inside it. */
function without(value: unknown, place: string, gone: ReadonlySet<string>): unknown {
  if (gone.has(place)) return undefined;
  if (Array.isArray(value)) return value.map((item) => without(item, place, gone));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => key !== 'milestone' && !(key === 'deleted_at' && inner === null))
      .map(([key, inner]) => [key, without(inner, `${place} ${key}`, gone)])
      .toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  );
}
