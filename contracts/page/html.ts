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
    pieces.reduce(
      (text, piece, index) => text + piece + (index < values.length ? render(values[index]) : ''),
      '',
    ),
  );
}

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
  return text ? new Html(marked.parse(text, { async: false })) : undefined;
}

/** A line of prose. */
export function inline(text: string | undefined): Html | undefined {
  return text ? new Html(marked.parseInline(text, { async: false })) : undefined;
}
