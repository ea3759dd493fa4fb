import { invalidInput } from '../errors.ts';

/**
 * The address of a passthrough request. It is always below the base, or the path is refused: a path that leads elsewhere
 * in any spelling would let a caller send Gem's credentials to places that they were not made for (kombo-unified-api
 * §4.4).
 *
 * @param base the API's base, without a slash at its end
 * @param path begins with a slash; it may carry a query
 * @throws UnifiedProblem when the path could lead out of the base
 */
export function targetOf(base: string, path: string, params: Readonly<Record<string, string>> = {}): URL {
  const [way = ''] = path.split('?', 1);
  if (!isBelow(way) || /[\p{Cc}\s\\#]/u.test(path) || !path.isWellFormed()) throw invalidInput(advice);
  const home = new URL(base);
  const target = new URL(base + path);
  for (const [name, value] of Object.entries(params)) target.searchParams.append(name, value);
  // What was refused above cannot come this far; should a spelling have been forgotten, the parser's view decides.
  const isHome = target.origin === home.origin && target.username === '' && target.password === '';
  if (!isHome || !target.pathname.startsWith(`${home.pathname}/`)) throw invalidInput(advice);
  return target;
}

const advice =
  'body path must begin with one slash and lead to Gem\'s ATS API, as in /candidates/; it must not hold "..", "//", "\\", "#" or blanks, encoded or not.';

/** A proxy between us and the API may decode a path once more than we think. */
function isBelow(way: string): boolean {
  let text = way;
  for (let round = 0; round < maxRounds; round += 1) {
    if (!isPlain(text)) return false;
    const decoded = decode(text);
    if (decoded === undefined) return false;
    if (decoded === text) return true;
    text = decoded;
  }
  return false;
}

const maxRounds = 5;

function isPlain(text: string): boolean {
  if (!text.startsWith('/') || /\\|\/\/|[\p{Cc}]/u.test(text)) return false;
  // Some servers cut a segment at its first semicolon.
  return text.split('/').every((segment) => !/^\.{1,2}(;|$)/.test(segment));
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
