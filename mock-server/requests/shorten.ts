/**
 * A value as it goes into a log: what is long, large or deep is cut short with a note of what was there. A small value
 * stays as it is.
 */
export function shorten(value: unknown): unknown {
  return shortenValue(value, { left: roomInAll }, 0);
}

/** Letters that one text may have. */
export const longestText = 4 * 1024;
/** Letters that a whole value may have, in keys and texts, roughly. */
export const roomInAll = 64 * 1024;
const deepest = 64;
/** Letters that remain of a text that is too long. */
const beginning = 64;
/** What a member or an item takes beside its text. */
const overhead = 8;

interface Room {
  left: number;
}

function shortenValue(value: unknown, room: Room, depth: number): unknown {
  room.left -= overhead;
  if (typeof value === 'string') return shortenText(value, room);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return '… (deeper than the log follows)';
  return Array.isArray(value) ? shortenList(value, room, depth) : shortenObject(value, room, depth);
}

function shortenText(text: string, room: Room): string {
  if (text.length <= longestText) {
    room.left -= text.length;
    return text;
  }
  // A part of a text holds on to all of it; a copy does not.
  const start = Buffer.from(text.slice(0, beginning)).toString();
  room.left -= beginning;
  return `${start}… (${text.length} characters)`;
}

function shortenList(list: readonly unknown[], room: Room, depth: number): unknown {
  const short: unknown[] = [];
  for (const [index, item] of list.entries()) {
    if (room.left <= 0) {
      short.push(`… (${list.length - index} more items)`);
      break;
    }
    short.push(shortenValue(item, room, depth + 1));
  }
  return isSame(list, short) ? list : short;
}

function shortenObject(value: object, room: Room, depth: number): unknown {
  const members = Object.entries(value);
  const short: [string, unknown][] = [];
  for (const [index, [key, member]] of members.entries()) {
    if (room.left <= 0) {
      short.push(['…', `(${members.length - index} more members)`]);
      break;
    }
    short.push([shortenText(key, room), shortenValue(member, room, depth + 1)]);
  }
  const isUntouched = isSame(members.flat(), short.flat());
  return isUntouched ? value : Object.fromEntries(short);
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
