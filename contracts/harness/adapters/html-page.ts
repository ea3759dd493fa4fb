// Reads the forms of an HTML page, so that they can be filled in without a browser.

/** The parts of a page that matter for filling in its forms. */
export interface HtmlPage {
  url: string;
  title: string | undefined;
  /** The text of the element with the role `alert`. */
  alert: string | undefined;
  forms: HtmlForm[];
  /** The values of all `data-…` attributes, by the rest of their names. */
  data: Readonly<Record<string, string>>;
}

export interface HtmlForm {
  action: string;
  method: 'get' | 'post';
  /** The names of all its fields. */
  fields: string[];
  /** The values that are sent without any input. */
  values: Readonly<Record<string, string>>;
  /** The values that each `select` offers, by its name. */
  options: Readonly<Record<string, string[]>>;
}

/** @param url where the page came from: actions are relative to it */
export function readPage(url: string, text: string): HtmlPage {
  const page = text.replaceAll(/<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '');
  return {
    url,
    title: wordsOf(/<title\b[^>]*>([\s\S]*?)<\/title/i.exec(page)?.[1]),
    alert: wordsOf(/<(\w+)\b[^>]*\brole\s*=\s*["']?alert\b[^>]*>([\s\S]*?)<\/\1/i.exec(page)?.[2]),
    forms: [...page.matchAll(/(<form\b[^>]*>)([\s\S]*?)<\/form/gi)].map(([, tag = '', body = '']) =>
      readForm(url, tag, body),
    ),
    data: Object.assign({}, ...tagsOf(page, '[a-z][a-z0-9-]*').map(({ attributes }) => dataIn(attributes))),
  };
}

function readForm(url: string, tag: string, body: string): HtmlForm {
  const { action = url, method = 'get' } = attributesOf(tag);
  const inputs = tagsOf(body, 'input|textarea').flatMap(({ attributes }) =>
    attributes['name'] ? [attributes] : [],
  );
  const selects = [...body.matchAll(/(<select\b[^>]*>)([\s\S]*?)<\/select/gi)].map(
    ([, start = '', inner = '']) => {
      const offered = tagsOf(inner, 'option').map(({ attributes }) => attributes);
      const chosen = offered.find((option) => 'selected' in option) ?? offered[0];
      return {
        name: attributesOf(start)['name'] ?? '',
        values: offered.map(({ value = '' }) => value),
        chosen: chosen?.['value'] ?? '',
      };
    },
  );
  const sent = inputs.filter(
    ({ type, ...rest }) => !/^(checkbox|radio)$/i.test(type ?? '') || 'checked' in rest,
  );
  return {
    action,
    method: method.toLowerCase() === 'post' ? 'post' : 'get',
    fields: [...inputs.map(({ name = '' }) => name), ...selects.map(({ name }) => name)],
    values: Object.fromEntries([
      ...sent.map(({ name = '', value = '' }) => [name, value] as const),
      ...selects.map(({ name, chosen }) => [name, chosen] as const),
    ]),
    options: Object.fromEntries(selects.map(({ name, values }) => [name, values])),
  };
}

type Attributes = Record<string, string>;

function tagsOf(html: string, names: string): { attributes: Attributes }[] {
  // An attribute's value may hold `>`, when it stands in quotes.
  const tags = new RegExp(`<(?:${names})\\b(?:"[^"]*"|'[^']*'|[^"'>])*>`, 'gi');
  return [...html.matchAll(tags)].map(([tag]) => ({ attributes: attributesOf(tag) }));
}

function attributesOf(tag: string): Attributes {
  const inner = tag.replace(/^<[\w-]+/, '').replace(/\/?>$/, '');
  const pairs = inner.matchAll(/([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g);
  return Object.fromEntries(
    [...pairs].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      decode(double ?? single ?? bare ?? ''),
    ]),
  );
}

function dataIn(attributes: Attributes): Attributes {
  const own = Object.entries(attributes).filter(([name]) => name.startsWith('data-'));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(5), value]));
}

function wordsOf(html: string | undefined): string | undefined {
  // Paragraphs are separated by semicolons.
  const text =
    html
      ?.replaceAll(/<\/(p|div|li|h\d)>\s*(?=<)/gi, '; ')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+;/g, ';') ?? '';
  const words = decode(text).replaceAll(/\s+/g, ' ').trim();
  return words === '' ? undefined : words;
}

function decode(text: string): string {
  return text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (all, hex?: string, decimal?: string, name = '') => {
      if (hex !== undefined) return characterOf(Number.parseInt(hex, 16));
      if (decimal !== undefined) return characterOf(Number(decimal));
      return entities[String(name)] ?? all;
    },
  );
}

function characterOf(code: number): string {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\ufffd';
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};
