import { signal } from '@preact/signals';
import { address, hrefOf } from './router.ts';

/** A page of the console: its name, its address and the key that follows `g`. */
export interface Place {
  id: string;
  name: string;
  key: string;
  /** Whether its address names a world; the others show the server. */
  isOfWorld: boolean;
  /** Whether it stands among the pages of a world all the same, as people come to it from there. */
  isBesideWorld?: boolean;
}

export const places: readonly Place[] = [
  { id: 'worlds', name: 'Worlds', key: 'w', isOfWorld: false },
  { id: 'scenarios', name: 'Scenarios', key: 's', isOfWorld: false },
  { id: 'connector', name: 'Connector', key: 'k', isOfWorld: false },
  { id: 'watch', name: 'Watch', key: 'a', isOfWorld: false },
  { id: 'requests', name: 'Requests', key: 'r', isOfWorld: true },
  { id: 'records', name: 'Records', key: 'c', isOfWorld: true },
  { id: 'both-sides', name: 'Both sides', key: 'b', isOfWorld: false, isBesideWorld: true },
  { id: 'time', name: 'Time', key: 't', isOfWorld: true },
  { id: 'faults', name: 'Faults', key: 'f', isOfWorld: true },
  { id: 'evidence', name: 'Evidence', key: 'e', isOfWorld: true },
];

/** The world that was looked at last; the first one until then. */
const lastWorld = signal('default');

/** The world that the address names, or the last one that an address named. */
export function worldHere(): string {
  const [first, world] = address.value.path;
  if (first === 'world' && world !== undefined) lastWorld.value = world;
  return lastWorld.value;
}

/** Which page the address names, and what follows. */
export function placeHere(): { id: string; rest: readonly string[] } {
  const [first = 'worlds', , page = 'requests', ...rest] = address.value.path;
  if (first === 'world') return { id: page, rest };
  return { id: first, rest: address.value.path.slice(1) };
}

/** The address of a page, in the world that is looked at. */
export function hrefOfPlace({ id, isOfWorld }: Place, world = lastWorld.peek()): string {
  return isOfWorld ? hrefOf(['world', world, id]) : hrefOf([id]);
}

/** The address of something in a world. */
export function hrefInWorld(
  world: string,
  path: readonly string[],
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  return hrefOf(['world', world, ...path], query);
}
