import { invalidInput } from '../errors.ts';
import type { Integration } from '../store/queries/integrations.ts';

/** The headers of a passthrough request, as far as the caller decides them, and what was left out. */
export interface ChosenHeaders {
  headers: Headers;
  warnings: string[];
}

/**
 * Takes over the headers that the caller gave, but for those that carry credentials, which are ours alone, and those that
 * concern the connection (kombo-unified-api §4.4).
 *
 * @throws UnifiedProblem for a name or a value that HTTP does not allow
 */
export function chooseHeaders(given: Readonly<Record<string, string>> = {}): ChosenHeaders {
  const headers = new Headers();
  const warnings: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (isOurs(name)) {
      warnings.push(`headers: ${printable(name)} was not sent, because the connector decides it.`);
      continue;
    }
    try {
      headers.append(name, value);
    } catch (error) {
      throw invalidInput(`body headers: ${printable(name)} is not a header that HTTP allows.`, error);
    }
  }
  return { headers, warnings };
}

/** Some servers read an underscore in a name as a dash. */
function isOurs(name: string): boolean {
  const plain = name.trim().toLowerCase().replaceAll('_', '-');
  return ours.has(plain) || /^(proxy-|sec-|x-forwarded)/.test(plain);
}

const ours = new Set([
  // Credentials.
  'authorization',
  'cookie',
  'x-api-key',
  'x-application-secret',
  // What the connection decides.
  'connection',
  'content-encoding',
  'content-length',
  'expect',
  'forwarded',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function printable(name: string): string {
  return name.replaceAll(/[^\x21-\x7e]/g, '?').slice(0, 100);
}

/** The headers of an answer that say something about it, several of the same name as a list. */
export function readHeaders(headers: Headers): Record<string, string | string[]> {
  const read: Record<string, string | string[]> = {};
  // A cookie of Gem's is no caller's business.
  for (const [name, value] of headers) if (!unread.has(name)) read[name] = value;
  return read;
}

/** The body has been unpacked and joined by the time that it is passed on. */
const unread = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'set-cookie',
  'transfer-encoding',
]);

/** The headers that open an integration's Gem account. */
export function credentialsOf({ gem }: Integration): Record<string, string> {
  return {
    'X-API-Key': gem.apiKey,
    ...(gem.applicationSecret !== null && { 'X-Application-Secret': gem.applicationSecret }),
  };
}

/** Takes an integration's credentials out of a text that came from outside, in case it repeats them. */
export function redactor({ gem }: Integration): (text: string) => string {
  const secrets = [gem.apiKey, gem.applicationSecret].flatMap((secret) =>
    secret ? [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)] : [],
  );
  return (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text);
}
