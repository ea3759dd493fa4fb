import { marked } from 'marked';

/** Text that is HTML already. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Content = Html | string | number | undefined | readonly Content[];

/** Writes HTML; whatever is put into it is escaped, unless it is HTML itself. */
export function html(pieces: TemplateStringsArray, ...values: Content[]): Html {
  return new Html(
    withoutIndents(pieces).reduce(
      (text, piece, index) => text + piece + (index < values.length ? render(values[index]) : ''),
      '',
    ),
  );
}

/** What stands around the values, without the blanks that make the code readable: they are half of a page. */
function withoutIndents(pieces: TemplateStringsArray): readonly string[] {
  const known = slim.get(pieces) ?? pieces.map((piece) => piece.replaceAll(/\s*\n\s*/g, '\n'));
  slim.set(pieces, known);
  return known;
}

const slim = new WeakMap<TemplateStringsArray, readonly string[]>();

function render(content: Content): string {
  if (content === undefined) return '';
  if (content instanceof Html) return content.text;
  if (Array.isArray(content)) return content.map(render).join('');
  return String(content).replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Prose as the descriptions write it, in Markdown. They are our own, so what they hold is not escaped. */
export function prose(text: string | undefined): Html | undefined {
  return text ? once(blocks, text, () => marked.parse(text, { async: false })) : undefined;
}

/** A line of prose. */
export function inline(text: string | undefined): Html | undefined {
  return text ? once(lines, text, () => marked.parseInline(text, { async: false })) : undefined;
}

/** What was made of each text: the descriptions hold so many and no more, and pages are written anew each time. */
const [blocks, lines] = [new Map<string, Html>(), new Map<string, Html>()];

function once(made: Map<string, Html>, text: string, make: () => string): Html {
  const known = made.get(text) ?? new Html(make());
  made.set(text, known);
  return known;
}
