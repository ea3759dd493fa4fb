import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { mended } from '../../contracts/json.ts';
import { firstMistake, type Mistake } from './yaml-mistakes.ts';

/** Where something stands in a document, from the outside in. */
export type Path = readonly (string | number)[];

/** A place in a text; both count from 1. */
export interface Place {
  line: number;
  column: number;
}

/** The text of a scenario, parsed. */
export class Source {
  /** How problems call it. */
  readonly file: string;
  /** What the text says; undefined where it is no YAML. */
  readonly value: unknown;
  readonly mistakes: readonly (Place & { message: string })[];
  readonly #document: Yaml.Document.Parsed;
  readonly #lines: Yaml.LineCounter;

  /** @throws RangeError for a text whose parts lie deeper in one another than the parser can follow */
  constructor(text: string, file: string) {
    const { LineCounter, parseDocument } = loadYaml();
    // To compare each key with all others takes as long as the square of their number.
    const options = { prettyErrors: false, merge: true, uniqueKeys: false };
    this.file = file;
    this.#lines = new LineCounter();
    this.#document = parseDocument(text, { ...options, lineCounter: this.#lines });
    if (this.#document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION'))
      throw new RangeError('too deep');
    const mistakes: (Place & { message: string })[] = [];
    const mistake = firstMistake(this.#document, text, loadYaml());
    if (mistake) mistakes.push(this.#shown(mistake, text));
    else mistakes.push(...this.#impossible());
    this.mistakes = mistakes;
    if (mistakes.length > 0) return;
    try {
      this.value = mended(this.#document.toJS());
    } catch {
      // Aliases that lead to far too much show only now.
      mistakes.push({ line: 1, column: 1, message: 'its aliases stand for more than can be read' });
    }
  }

  /** A mistake with its line and a mark below the place: no other line says so soon what is meant. */
  #shown({ offset, message }: Mistake, text: string): Place & { message: string } {
    const place = this.#placeAt(Math.min(offset, text.trimEnd().length));
    const line = text.split('\n', place.line).at(-1)?.replace(/\r$/, '') ?? '';
    const start = place.column > maxColumns ? place.column - maxColumns / 2 : 0;
    const cut = line.slice(start, start + maxColumns);
    const before = cut.slice(0, place.column - 1 - start).replaceAll(/[^\t]/g, ' ');
    return { ...place, message: `${message}\n    ${cut}\n    ${before}^` };
  }

  /** What the grammar lets through: two keys of one name, keys that are no names, and aliases inside of what they stand for. */
  #impossible(): (Place & { message: string })[] {
    const { isCollection, isScalar, visit } = loadYaml();
    const found: (Place & { message: string })[] = [];
    // An alias stands for the last of its name before it; the parser would look through the whole text for each.
    const marked = new Map<string, unknown>();
    let aliases = 0;
    const mark = (node: Yaml.Node & { anchor?: string }) =>
      void (node.anchor && marked.set(node.anchor, node));
    visit(this.#document, {
      Scalar: (_key, node) => mark(node),
      Seq: (_key, node) => mark(node),
      Map: (_key, node) => {
        mark(node);
        const { items } = node;
        const known = new Set<string>();
        for (const { key } of items) {
          if (isCollection(key)) {
            const message = 'a group stands where a name has to; put a text with braces into quotes';
            found.push({ ...this.#placeAt(key.range?.[0]), message });
          }
          if (!isScalar(key) || String(key.value) === '<<') continue;
          const name = String(key.value);
          if (known.has(name))
            found.push({ ...this.#placeAt(key.range?.[0]), message: `a second "${name}"` });
          known.add(name);
        }
      },
      Alias: (_key, alias, path) => {
        aliases += 1;
        if (aliases > maxAliases) {
          const message = `more than ${maxAliases} aliases; write the values themselves, or use count`;
          found.push({ ...this.#placeAt(alias.range?.[0]), message });
          return visit.BREAK;
        }
        const meant = marked.get(alias.source);
        if (meant !== undefined && !path.some((around) => around === meant)) return undefined;
        const message =
          meant === undefined
            ? `nothing is marked &${alias.source}; a value that begins with * stands in quotes: '*${alias.source}'`
            : `"*${alias.source}" stands inside of what it stands for`;
        found.push({ ...this.#placeAt(alias.range?.[0]), message });
        return undefined;
      },
    });
    return found;
  }

  /** Where something stands, or the nearest thing around it that the text has. @param isKey at the key instead */
  place(path: Path, isKey: boolean): Place {
    const { isMap, isScalar } = loadYaml();
    if (isKey) {
      const holder = this.#document.getIn(path.slice(0, -1), true);
      const pair = isMap(holder)
        ? holder.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)))
        : undefined;
      if (isScalar(pair?.key)) return this.#placeAt(pair.key.range?.[0]);
    }
    const node = this.#document.getIn(path, true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    if (Array.isArray(range) || path.length === 0) return this.#placeAt(Array.isArray(range) ? range[0] : 0);
    return this.place(path.slice(0, -1), false);
  }

  #placeAt(offset: number | undefined): Place {
    const { line, col } = this.#lines.linePos(offset ?? 0);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

/** Letters of a line that are shown. */
const maxColumns = 120;

/** The parser looks for each among all that are marked. */
const maxAliases = 1000;

/** The parser is loaded when the first text is read: an emulator with a built-in scenario never needs it. */
function loadYaml(): typeof Yaml {
  // `require` returns whatever the package is, and it is this.
  return (parser ??= createRequire(import.meta.url)('yaml') as typeof Yaml);
}

let parser: typeof Yaml | undefined;
