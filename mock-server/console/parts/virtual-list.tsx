import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface VirtualListOptions {
  /** How many rows there are. */
  count: number;
  rowHeight?: number;
  /** Draws the row at a place; its element gets the style that places it. */
  row: (at: number) => ComponentChildren;
  /** Is told which rows are in sight. */
  onSight?: (first: number, last: number) => void;
  /** A row that is brought into sight. */
  reveal?: number | undefined;
  label: string;
  /** Names what is listed: where that is something else, it is seen from its beginning. */
  of?: string;
  head?: ComponentChildren;
}

/** A list of any length: only the rows in sight, and some beyond, are there. */
export function VirtualList({
  count,
  rowHeight = 32,
  row,
  onSight,
  reveal,
  label,
  of,
  head,
}: VirtualListOptions) {
  const box = useRef<HTMLDivElement>(null);
  const top = useRef(0);
  const [sight, setSight] = useState({ first: 0, last: 40 });
  const look = () => {
    const { scrollTop = 0, clientHeight = 600 } = box.current ?? {};
    top.current = scrollTop;
    const first = Math.max(0, Math.floor(scrollTop / rowHeight) - beyond);
    const last = Math.ceil((scrollTop + clientHeight) / rowHeight) + beyond;
    setSight((before) => (before.first === first && before.last === last ? before : { first, last }));
  };
  useEffect(() => {
    const observer = new ResizeObserver(look);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    // To ask the page where it is makes it measure everything at once.
    if (!box.current || top.current === 0) return;
    box.current.scrollTop = 0;
    look();
  }, [of]);
  const last = Math.min(count, sight.last);
  useLayoutEffect(() => onSight?.(sight.first, last), [sight.first, last]);
  useEffect(() => {
    const { current } = box;
    if (reveal === undefined || !current) return;
    const top = reveal * rowHeight;
    if (top < current.scrollTop) current.scrollTop = top;
    else if (top + rowHeight * 2 > current.scrollTop + current.clientHeight)
      current.scrollTop = top - current.clientHeight + rowHeight * 2;
  }, [reveal]);
  const numbers = Array.from({ length: Math.max(0, last - sight.first) }, (_, at) => sight.first + at);
  return (
    <div class="rows">
      {head}
      <div class="scroll" ref={box} onScroll={look}>
        <ul class="all" aria-label={label} style={{ height: `${count * rowHeight}px` }}>
          {numbers.map((at) => (
            <li
              key={at}
              class="place"
              aria-setsize={count}
              aria-posinset={at + 1}
              style={{ top: `${at * rowHeight}px`, height: `${rowHeight}px` }}
            >
              {row(at)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Rows that are drawn above and below what is in sight. */
const beyond = 6;
