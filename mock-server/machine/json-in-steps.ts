/** How deep lists and objects are taken apart. A snapshot's records lie at this depth, and are told in one piece each. */
const deepest = 3;

/** Letters of a piece: several are told in one go. */
const pieceSize = 64 * 1024;

/**
 * The JSON of a value in pieces of some ten thousand letters, made one by one; together they are what `JSON.stringify` gives.
 * The value must not change meanwhile.
 *
 * @param value JSON, as lists and plain objects
 */
export function* jsonInSteps(value: unknown): Generator<string, void> {
  let piece = '';
  for (const text of textsOf(value, deepest)) {
    piece += text;
    if (piece.length < pieceSize) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

function* textsOf(value: unknown, depth: number): Generator<string, void> {
  if (depth === 0 || typeof value !== 'object' || value === null || 'toJSON' in value) {
    yield JSON.stringify(value) ?? 'null';
  } else if (Array.isArray(value) && depth === 1) {
    // Most of a large value lies here, and a step for each item would take longer than to tell it.
    let texts = '';
    for (const [index, item] of (value as unknown[]).entries()) {
      texts += `${index === 0 ? '[' : ','}${JSON.stringify(item) ?? 'null'}`;
      if (texts.length < pieceSize) continue;
      yield texts;
      texts = '';
    }
    yield value.length === 0 ? '[]' : `${texts}]`;
  } else if (Array.isArray(value)) {
    let before = '[';
    for (const item of value as unknown[]) {
      yield before;
      yield* textsOf(item, depth - 1);
      before = ',';
    }
    yield before === '[' ? '[]' : ']';
  } else {
    let before = '{';
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined) continue;
      yield `${before}${JSON.stringify(name)}:`;
      yield* textsOf(member, depth - 1);
      before = ',';
    }
    yield before === '{' ? '{}' : '}';
  }
}
