import { linesOf } from '../requests/repeat.ts';
import type { Remembered } from '../requests/request-log.ts';
import { keyForm } from '../worlds/worlds.ts';

/**
 * Why a request opened no world, and what to do: a missing or misspelt key is the first mistake that most people make. What
 * was sent as a key is never repeated.
 *
 * @param unknownKeys what the server does with a key that it does not know
 */
export function whyNoWorld({ entry, kept }: Remembered, unknownKeys: 'fork' | 'refuse'): string | null {
  // By now nobody knows what came with it.
  if (!kept) return null;
  const headers = new Map(linesOf(kept.headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));
  const key = headers.get('x-api-key') ?? '';
  if (entry.status !== 403 && entry.path.startsWith('/job_board/')) {
    return 'No world has a job board of this name. It is the `vanity_url_path` of the company, which the job posts of a world link to.';
  }
  if (entry.operation === 'attachment') {
    return 'The link is of a world that is gone, or was changed on its way. Ask for the record again: it comes with a new link.';
  }
  if (key === '') return `${withoutKey(headers)} ${advice}`;
  if (!keyForm.test(key)) return `${misspelt(key)} ${advice}`;
  return unknownKeys === 'refuse'
    ? `Its \`X-API-Key\` has the right form, but no world has it, and this server was told to refuse such keys (\`--refuse-unknown-keys\`). ${advice}`
    : `Its \`X-API-Key\` has the right form, but its world could not be opened. ${advice}`;
}

const advice =
  'Send the key of a world as `X-API-Key`: “Copy key” in the list of worlds has it, and `mock-gem serve` prints that of the first one.';

function withoutKey(headers: ReadonlyMap<string, string>): string {
  if (headers.has('x-api-key'))
    return 'Its `X-API-Key` is empty; perhaps the variable that should hold it is not set.';
  if (headers.has('authorization')) {
    return 'It has no `X-API-Key`. What stands in `Authorization` is not looked at: Gem wants the key in a header of its own.';
  }
  const similar = [...headers.keys()].find((name) =>
    /^(?:x[-_])?(?:gem[-_])?(?:api|access)[-_]?(?:key|token)$/.test(name),
  );
  return similar === undefined
    ? 'It has no `X-API-Key`.'
    : `It has no \`X-API-Key\`, but a header \`${similar}\`, which Gem does not know.`;
}

function misspelt(key: string): string {
  if (/^(?:undefined|null|none|nan|\[object object\])$/i.test(key) || /^\$|^\{\{|^<.*>$/.test(key)) {
    return 'Its `X-API-Key` is no key but what stands where one is missing, such as `undefined` or the name of a variable.';
  }
  if (/^(?:bearer|basic|token)\s/i.test(key)) {
    return 'Its `X-API-Key` begins with a word such as `Bearer`; the key stands there alone.';
  }
  if (/^["'].*["']$/.test(key)) return 'Its `X-API-Key` stands in quotes; the key stands there alone.';
  return `Its \`X-API-Key\` has ${key.length === 1 ? 'one character' : `${key.length} characters`}${/^[A-Za-z0-9]*$/.test(key) ? '' : ', some of them neither letters nor digits'}; a key of Gem has 40 letters and digits.`;
}
