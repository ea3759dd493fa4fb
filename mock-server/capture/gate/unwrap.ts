// The forms in which a text can stand in another one. A leak that is encoded is one all the same.

/** A way to encode a text, and how it is undone. */
export type Encoding = 'base64' | 'percent' | 'percent twice' | 'html' | 'json escapes';

/** Undoes one encoding. @returns the texts that come out, none where the text has nothing of the kind */
export const encodings: Readonly<Record<Encoding, (text: string) => string[]>> = {
  base64: fromBase64,
  percent: (text) => (percent.test(text) ? [fromPercent(text)] : []),
  'percent twice': (text) => {
    if (!percent.test(text)) return [];
    const once = fromPercent(text);
    return percent.test(once) ? [fromPercent(once)] : [];
  },
  html: (text) => (entity.test(text) ? [fromHtml(text)] : []),
  'json escapes': (text) => (escape.test(text) ? [fromEscapes(text)] : []),
};

/** So many encodings in each other are undone. */
const deepest = 3;

/**
 * All readings of a text but the plain one, each encoding undone once on the way to it.
 *
 * @param allowed the encodings that are undone
 */
export function readings(text: string, allowed: readonly Encoding[]): string[] {
  const found: string[] = [];
  let layer: { text: string; used: readonly Encoding[] }[] = [{ text, used: [] }];
  for (let depth = 0; depth < deepest && layer.length > 0; depth += 1) {
    layer = layer.flatMap(({ text: here, used }) =>
      allowed
        .filter(
          (encoding) =>
            !used.includes(encoding) && !used.some((one) => isPercent(one) && isPercent(encoding)),
        )
        .flatMap((encoding) =>
          encodings[encoding](here)
            .filter((decoded) => decoded !== here)
            .map((decoded) => ({ text: decoded, used: [...used, encoding] })),
        ),
    );
    found.push(...layer.map(({ text: decoded }) => decoded));
  }
  return found;
}

/** The two ways to undo it exclude one another, or the one would do the other's work. */
function isPercent(encoding: Encoding): boolean {
  return encoding.startsWith('percent');
}

const percent = /%[0-9a-f]{2}/i;

/** Undoes what can be undone and leaves the rest: a stray percent sign hides nothing. */
function fromPercent(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

const entity = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});?/i;

function fromHtml(text: string): string {
  return text
    .replaceAll(/&#(\d{1,7});?/g, (_whole, digits: string) => character(Number(digits)))
    .replaceAll(/&#x([0-9a-f]{1,6});?/gi, (_whole, digits: string) => character(Number.parseInt(digits, 16)))
    .replaceAll(/&([a-z])(?:acute|grave|circ|uml|tilde|cedil|ring|caron|slash);/gi, '$1')
    .replaceAll(
      /&(?:nbsp|amp|quot|apos|lt|gt|commat|period|shy);/gi,
      (name) => named[name.toLowerCase()] ?? ' ',
    );
}

const named: Readonly<Record<string, string>> = {
  '&commat;': '@',
  '&period;': '.',
  '&shy;': '',
  '&amp;': '&',
};

function character(code: number): string {
  return code > 0x10_ff_ff ? '' : String.fromCodePoint(code);
}

const escape = /\\(?:u[0-9a-f]{4}|u\{|x[0-9a-f]{2}|[nrt/"'\\])/i;

function fromEscapes(text: string): string {
  return text
    .replaceAll(/\\u\{([0-9a-f]{1,6})\}/gi, (_whole, digits: string) =>
      character(Number.parseInt(digits, 16)),
    )
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_whole, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    )
    .replaceAll(/\\x([0-9a-f]{2})/gi, (_whole, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    )
    .replaceAll(/\\([nrt])/g, ' ')
    .replaceAll(/\\(["'/\\])/g, '$1');
}

/** Every run that reads as text. Bytes that are none, such as those of most ids, are passed over. */
function fromBase64(text: string): string[] {
  const runs = text.match(/[A-Za-z0-9+/_-]{6,}={0,2}/g) ?? [];
  return runs.flatMap((run) => {
    const decoded = Buffer.from(run, 'base64').toString('utf8');
    return decoded.length >= 3 && isReadable(decoded) ? [decoded] : [];
  });
}

function isReadable(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- bytes that no text has
  return !/[\0-\x08\x0e-\x1f\x7f\ufffd]/.test(text);
}
