// The width of text on a terminal, and how it is broken into lines.

/** How many columns a text takes: two for wide characters, none for those that join others. */
export function widthOf(text: string): number {
  // Nearly all text is plain ASCII, which needs no segmentation.
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += widthOfCharacter(segment);
  return width;
}

/** Fills a text up with blanks. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Breaks prose between words, and a word only where it is longer than a line. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = breakLine(word, width);
    line = pieces.pop() ?? '';
    lines.push(...pieces);
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** Breaks long lines of preformatted text, and repeats their indent. */
export function wrapLines(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => {
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    const room = width - indent < leastRoom ? 0 : indent;
    return breakLine(line.slice(room), width - room).map((piece) => ' '.repeat(room) + piece);
  });
}

/** Columns that must be left beside an indent. */
const leastRoom = 12;

/** Cuts one line so that no more than half of it stays empty. */
function breakLine(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line];
  const pieces: string[] = [];
  let [piece, taken] = ['', 0];
  for (const { segment } of segmenter.segment(line)) {
    const more = widthOfCharacter(segment);
    if (taken + more > width && piece !== '') {
      const end = segment === ' ' ? piece.length : endOfLine(piece);
      pieces.push(piece.slice(0, end).trimEnd());
      piece = piece.slice(end);
      taken = widthOf(piece);
      if (segment === ' ' && piece === '') continue;
    }
    piece += segment;
    taken += more;
  }
  return [...pieces, piece];
}

/** Where to cut a full line: after its last blank, or its last hyphen or comma, or at its end. */
function endOfLine(piece: string): number {
  const blank = piece.lastIndexOf(' ') + 1;
  const sign = Math.max(piece.lastIndexOf('-'), piece.lastIndexOf(',')) + 1;
  return [blank, sign].find((end) => end > piece.length / 2) ?? piece.length;
}

function widthOfCharacter(segment: string): number {
  if (/^[\p{Mark}\p{Format}\p{Control}]+$/u.test(segment)) return 0;
  return wide.test(segment) || segment.includes('\ufe0f') ? 2 : 1;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

// What East Asian terminals write twice as wide (Unicode's East_Asian_Width W and F, by block), and pictures.
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
