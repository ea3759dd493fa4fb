// Reads XML and refuses whatever is not well formed, so that a report that some CI server could not read fails here.

/** An element with all that it holds. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** @throws Error that says what is not well formed, and where */
export function readXml(source: string): Element {
  // oxlint-disable-next-line no-control-regex -- what XML 1.0 may not hold
  const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.exec(source);
  if (forbidden) throw new Error(`a character that XML cannot hold at ${forbidden.index}`);
  if (!source.isWellFormed()) throw new Error('half a character');
  const document: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [document];
  const pieces =
    /<\?xml version="1\.0" encoding="UTF-8"\?>|<(\/?)([a-z-]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  for (let at = 0; at < source.length; at = pieces.lastIndex) {
    const piece = pieces.exec(source);
    const here = open.at(-1);
    if (!piece || !here) throw new Error(`not well formed: ${source.slice(at, at + 60)}`);
    const [, end, name, attributes = '', isEmpty, text] = piece;
    if (text !== undefined) here.text += decode(text);
    if (name === undefined) continue;
    if (end === '/') {
      if (here.name !== name) throw new Error(`</${name}> closes <${here.name}>`);
      open.pop();
      continue;
    }
    const element: Element = { name, attributes: readAttributes(attributes), children: [], text: '' };
    here.children.push(element);
    if (isEmpty !== '/') open.push(element);
  }
  const [root, ...more] = document.children;
  if (!root || more.length > 0 || open.length > 1 || document.text.trim() !== '') {
    throw new Error('there has to be one element around all others, and it has to be closed');
  }
  return root;
}

function readAttributes(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([a-z]+)="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, decode(value)] as const,
  );
  if (new Set(pairs.map(([name]) => name)).size < pairs.length)
    throw new Error(`an attribute stands twice: ${text}`);
  return Object.fromEntries(pairs);
}

function decode(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> in text');
  return text.replaceAll(/&(?:(amp|lt|gt|quot)|#(\d+));|&/g, (all, name?: string, code?: string) => {
    if (all === '&') throw new Error(`a bare & in ${text.slice(0, 60)}`);
    return code === undefined ? (entities[name ?? ''] ?? '') : String.fromCodePoint(Number(code));
  });
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
