/** A piece of XML that is escaped already. */
export class Xml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Writes an element. Whatever is put into it is escaped, and characters that XML cannot hold are written as `\u001b`.
 *
 * @param content text, or elements, each on a line of its own
 */
export function xml(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  content: string | readonly Xml[] = '',
): Xml {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(value, true)}"`);
  const start = `<${name}${pairs.join('')}`;
  if (content.length === 0) return new Xml(`${start}/>`);
  if (typeof content === 'string') return new Xml(`${start}>${escape(content, false)}</${name}>`);
  return new Xml(`${start}>\n${content.map(({ text }) => text).join('\n')}\n</${name}>`);
}

/** Line breaks in an attribute are written as references: a parser would turn them into blanks. */
function escape(text: string, isAttribute: boolean): string {
  return text
    .toWellFormed()
    .replaceAll(unspeakable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(isAttribute ? /[&<>"\t\n\r]/g : /[&<>\r]/g, (character) => entities[character] ?? character);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

// Characters that XML 1.0 cannot hold, not even as a reference.
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const unspeakable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
