// What a record looks like without any of its values, so that it can be shown to anybody.
import { harmlessName } from '../../contracts/drift/departures.ts';
import { toInstant } from './moment.ts';

/** The type of a value, or names with the shapes behind them, or the different shapes of the items of a list. */
export type Shape = string | Shape[] | { [name: string]: Shape };

/**
 * Takes all values out of a record and leaves the names and types of its fields. A type says as much of a text as helps to
 * see what is wrong with it: whether it is empty, a moment, a number, an address.
 */
export function shapeOf(value: unknown, depth = 0): Shape {
  if (typeof value === 'string') return typeOfText(value);
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  if (depth === deepest) return '…';
  if (Array.isArray(value)) {
    const shapes = value.map((item) => shapeOf(item, depth + 1));
    return [...new Map(shapes.map((shape) => [JSON.stringify(shape), shape])).values()].slice(0, mostShapes);
  }
  const names = Object.entries(value).slice(0, mostNames);
  // Fields without a prototype, so that a name such as __proto__ is a name like any other.
  return Object.fromEntries(names.map(([name, inner]) => [harmlessName(name), shapeOf(inner, depth + 1)]));
}

function typeOfText(text: string): string {
  if (text.trim() === '') return text === '' ? 'empty string' : 'blank string';
  if (/^-?\d+(\.\d+)?$/.test(text)) return 'string with a number';
  if (/^\d{4}-/.test(text) && toInstant(text) !== null) return 'date-time';
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return 'email';
  return /^https?:/i.test(text) ? 'uri' : 'string';
}

const [deepest, mostNames, mostShapes] = [12, 200, 20];
