import { useRef } from 'preact/hooks';
import { askUntil, type Control } from '../api/control.ts';
import { refresh, useAnswer, type Answer } from '../app/live.ts';

type Request = Control['RecordedRequest'];

/** What was found so far, newest first. */
interface Found {
  /** Names the world and the search. */
  of: string;
  search: string;
  requests: readonly Request[];
  total: number;
  newest: number;
  /** Where the next page begins; null where all are there. */
  next: number | null;
}

/** The requests of a world that fit a search, kept live. */
export interface Requests extends Answer<Found> {
  /** Asks for older ones, where there are any. */
  more: () => void;
}

/** How many come at once: the newest again and again, older ones once. */
const [pageSize, olderSize] = [100, 500];

/**
 * Requests that fit a search: the newest at once and live, older ones when somebody scrolls down to them.
 *
 * @param options.isOfNoWorld whether those are meant whose key opens no world
 */
export function useRequests(world: string, search: string, { isOfNoWorld = false } = {}): Requests {
  const held = useRef<{ of: string; found: Found; isMoreAsked: boolean }>(undefined);
  const of = `${isOfNoWorld ? '' : world} ${search}`;
  const answer = useAnswer(
    async (superseded) => {
      const ask = askUntil(superseded);
      const searchFor = (page: { per_page: number; before?: number }) => {
        const query = { ...page, ...(search !== '' && { q: search }) };
        return isOfNoWorld
          ? ask('searchUnknownKeyRequests', { query })
          : ask('searchRequests', { path: { world }, query });
      };
      const before = held.current?.of === of ? held.current : undefined;
      if (before?.isMoreAsked && before.found.next !== null) {
        const older = await searchFor({ per_page: olderSize, before: before.found.next });
        const requests = before.found.requests.concat(older.requests);
        return keep({ ...before.found, requests, next: older.next });
      }
      const head = await searchFor({ per_page: pageSize });
      return keep(before ? joined({ ...head, of, search }, before.found) : { ...head, of, search });
    },
    [of],
  );
  const keep = (found: Found): Found => {
    held.current = { of, found, isMoreAsked: false };
    return found;
  };
  return {
    ...answer,
    more: () => {
      const { current } = held;
      if (!current || current.of !== of || current.found.next === null || current.isMoreAsked) return;
      current.isMoreAsked = true;
      refresh();
    },
  };
}

/** The newest page, and behind it what was there before; what is between the two is gone or unknown, so then it begins anew. */
function joined(head: Found, before: Found): Found {
  const last = head.requests.at(-1)?.number ?? 0;
  const [first] = before.requests;
  const isJoined = head.newest >= before.newest && first !== undefined && first.number >= last;
  if (!isJoined) return head;
  const older = before.requests.filter(({ number }) => number < last);
  return older.length === 0 ? head : { ...head, requests: head.requests.concat(older), next: before.next };
}
