import { useRef, useState } from 'preact/hooks';
import { askUntil, type Control } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import type { Resource } from './describe-record.ts';

type Held = Control['HeldRecord'];

/** Which records are wanted. */
export interface WantedRecords {
  world: string;
  resource: Resource;
  search: string;
  /** A field, with a minus in front for the other way round; empty for the order of creation. */
  sort: string;
  areDeletedShown: boolean;
}

/** Records that come in pages from the server as somebody scrolls. */
export interface RecordPages {
  total: number | undefined;
  error: Error | undefined;
  /** Whether these are the ones that are wanted; those that were wanted before stay until then. */
  isCurrent: boolean;
  /** Names what is shown: which search, in which order. */
  of: string;
  /** The record at a place; undefined while it is on its way. */
  at: (place: number) => Held | undefined;
  /** Says which places are in sight. */
  look: (first: number, last: number) => void;
  again: () => void;
}

const pageSize = 100;

interface Pages {
  kind: string;
  of: string;
  held: Map<number, readonly Held[]>;
}

/** The records that fit, by place: only the pages in sight are held fresh. */
export function useRecordPages({
  world,
  resource,
  search,
  sort,
  areDeletedShown,
}: WantedRecords): RecordPages {
  const kind = `${world} ${resource}`;
  const of = JSON.stringify([search, sort, areDeletedShown]);
  const pages = useRef<Pages>({ kind, of, held: new Map() });
  // Those of another kind have other columns.
  if (pages.current.kind !== kind) pages.current = { kind, of, held: new Map() };
  const [seen, setSeen] = useState({ of, first: 1, last: 1 });
  // Whatever is found anew is looked at from its beginning.
  const { first, last } = seen.of === of ? seen : { first: 1, last: 1 };
  const { value, error, isCurrent, again } = useAnswer(
    async (superseded) => {
      const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at);
      const wanted = {
        per_page: pageSize,
        ...(search !== '' && { q: search }),
        ...(sort !== '' && { sort }),
        ...(!areDeletedShown && { deleted: 'left_out' as const }),
      };
      const ask = askUntil(superseded);
      const answers = await Promise.all(
        numbers.map((page) => ask('listRecords', { path: { world, resource }, query: { ...wanted, page } })),
      );
      if (superseded.aborted) return 0;
      if (pages.current.of !== of) pages.current = { kind, of, held: new Map() };
      const { held } = pages.current;
      for (const { page, records } of answers) held.set(page, records);
      // What was passed long ago makes room: a list of any length takes as much as a screen.
      for (const page of held.keys()) if (Math.abs(page - first) > 20) held.delete(page);
      return answers[0]?.total ?? 0;
    },
    [kind, of, first, last],
  );
  return {
    total: value,
    error,
    isCurrent: isCurrent && (error !== undefined || pages.current.of === of),
    of: `${pages.current.kind} ${pages.current.of}`,
    again,
    at: (place) => pages.current.held.get(Math.floor(place / pageSize) + 1)?.[place % pageSize],
    look: (from, to) => {
      // What is in sight is still what was found before.
      if (pages.current.of !== of) return;
      const next = {
        of,
        first: Math.floor(from / pageSize) + 1,
        last: Math.floor(Math.max(from, to - 1) / pageSize) + 1,
      };
      if (next.first !== first || next.last !== last) setSeen(next);
    },
  };
}
