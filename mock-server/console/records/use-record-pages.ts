import { useRef, useState } from 'preact/hooks';
import { ask, type Control } from '../api/control.ts';
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
  /** The record at a place; undefined while it is on its way. */
  at: (place: number) => Held | undefined;
  /** Says which places are in sight. */
  look: (first: number, last: number) => void;
  again: () => void;
}

const pageSize = 100;

/** The records that fit, by place: only the pages in sight are held fresh. */
export function useRecordPages({
  world,
  resource,
  search,
  sort,
  areDeletedShown,
}: WantedRecords): RecordPages {
  const of = JSON.stringify([world, resource, search, sort, areDeletedShown]);
  const pages = useRef<{ of: string; held: Map<number, readonly Held[]> }>({ of, held: new Map() });
  if (pages.current.of !== of) pages.current = { of, held: new Map() };
  const [sight, setSight] = useState({ first: 1, last: 1 });
  const { value, error, again } = useAnswer(async () => {
    const { held } = pages.current;
    const numbers = Array.from({ length: sight.last - sight.first + 1 }, (_, at) => sight.first + at);
    const wanted = {
      per_page: pageSize,
      ...(search !== '' && { q: search }),
      ...(sort !== '' && { sort }),
      ...(!areDeletedShown && { deleted: 'left_out' as const }),
    };
    const answers = await Promise.all(
      numbers.map((page) => ask('listRecords', { path: { world, resource }, query: { ...wanted, page } })),
    );
    for (const { page, records } of answers) held.set(page, records);
    // What was passed long ago makes room: a list of any length takes as much as a screen.
    for (const page of held.keys()) if (Math.abs(page - sight.first) > 20) held.delete(page);
    return answers[0]?.total ?? 0;
  }, [of, sight]);
  return {
    total: value,
    error,
    again,
    at: (place) => pages.current.held.get(Math.floor(place / pageSize) + 1)?.[place % pageSize],
    look: (first, last) => {
      const next = {
        first: Math.floor(first / pageSize) + 1,
        last: Math.floor(Math.max(first, last - 1) / pageSize) + 1,
      };
      if (next.first !== sight.first || next.last !== sight.last) setSight(next);
    },
  };
}
