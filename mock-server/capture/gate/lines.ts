import { controlDescription } from '../../../contracts/control.ts';
import { gemDescription } from '../../../contracts/gem.ts';

/** One text of an output, and where it stands. */
export interface Line {
  text: string;
  path: readonly (string | number)[];
  /** Whether it is the name of a field. */
  isKey: boolean;
  /** Whether it stands where the name of a person does, and nothing else. */
  isName: boolean;
}

/**
 * All texts of an output in their order: values, numbers as texts, and the names of fields. A field whose name is not one of
 * the plain names that descriptions have is told by its position, because the name may be what leaks.
 */
export function toLines(output: unknown): Line[] {
  const lines: Line[] = [];
  walk(output, []);
  return lines;

  function walk(value: unknown, path: readonly (string | number)[]): void {
    if (typeof value === 'string' || typeof value === 'number') {
      lines.push({ text: String(value), path, isKey: false, isName: nameFields.has(path.at(-1)) });
    } else if (Array.isArray(value)) value.forEach((item: unknown, place) => walk(item, [...path, place]));
    else if (typeof value === 'object' && value !== null) {
      for (const [place, [key, item]] of Object.entries(value).entries() as Iterable<
        [number, [string, unknown]]
      >) {
        const isPlain = describedFields.has(key);
        if (!isPlain) lines.push({ text: key, path: [...path, place], isKey: true, isName: false });
        walk(item, [...path, isPlain ? key : place]);
      }
    }
  }
}

/** Fields that hold the name of a person everywhere; `name` is often that of a thing. */
const nameFields: ReadonlySet<unknown> = new Set(['first_name', 'last_name', 'nickname']);

/** The names of fields that descriptions have. */
export const describedFields: ReadonlySet<string> = new Set(described((key) => key === 'properties'));
/** The words of lists that they have. */
export const describedWords: ReadonlySet<string> = new Set(described((key) => key === 'enum'));

function described(isWanted: (key: string) => boolean): string[] {
  const found: string[] = [];
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node) as [string, unknown][]) {
      if (isWanted(key) && typeof value === 'object' && value !== null) {
        const words: unknown[] = Array.isArray(value) ? value : Object.keys(value);
        found.push(...words.filter((word) => typeof word === 'string'));
      }
      collect(value);
    }
  };
  for (const { document } of [gemDescription, controlDescription]) collect(document);
  return found;
}
