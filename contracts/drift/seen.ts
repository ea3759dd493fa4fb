// What all answers have in common, whatever they are about: headers, their type, the order of their keys.
import type { Operation } from '../description.ts';

/** What came back. Redirects are not followed. */
export interface Answer {
  status: number;
  headers: Headers;
  /** The unparsed body: the order of its keys matters to some promises. */
  text: string;
  /** The parsed body; undefined where it is no JSON. */
  body: unknown;
}

/** What was seen of the answers so far. */
export interface Seen {
  /** The names of all headers. */
  headers: ReadonlySet<string>;
  /** Successes with a body, by operation. */
  successes: ReadonlyMap<string, { count: number; notJson: number; unordered: number }>;
  /** Adds an answer. */
  add(answer: Answer, operation: Operation | undefined): void;
}

/** Starts with nothing. */
export function createSeen(): Seen {
  const headers = new Set<string>();
  const successes = new Map<string, { count: number; notJson: number; unordered: number }>();
  return {
    headers,
    successes,
    add(answer, operation) {
      answer.headers.forEach((_value, name) => headers.add(name));
      if (!operation || answer.status >= 300 || answer.text === '') return;
      const known = successes.get(operation.id) ?? { count: 0, notJson: 0, unordered: 0 };
      const type = answer.headers.get('content-type') ?? '';
      successes.set(operation.id, {
        count: known.count + 1,
        notJson: known.notJson + (type.startsWith('application/json') ? 0 : 1),
        unordered: known.unordered + countUnordered(answer.body),
      });
    },
  };
}

/** How many objects within a value have keys that are not in the order of the alphabet. */
export function countUnordered(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside = Object.values(value).reduce((sum: number, inner) => sum + countUnordered(inner), 0);
  if (Array.isArray(value)) return inside;
  // A parser puts keys that are whole numbers first, wherever they stood.
  const keys = Object.keys(value).filter((key) => !/^\d+$/.test(key));
  const isOrdered = keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') <= key);
  return inside + (isOrdered ? 0 : 1);
}
