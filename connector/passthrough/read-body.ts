/**
 * Reads the body of an answer as callers are given it: as it came where it is JSON, a string otherwise
 * (kombo-unified-api §4.4). JSON is passed on letter by letter, because reading it would round long numbers.
 *
 * @returns JSON text; undefined where there is no body
 */
export function readBody(content: Buffer, headers: Headers, asBase64: boolean): string | undefined {
  if (content.length === 0) return undefined;
  if (asBase64) return JSON.stringify(content.toString('base64'));
  const text = content.toString('utf8');
  const type = headers.get('content-type') ?? '';
  return /^[^;]*[/+]json\s*(;|$)/i.test(type) && isJson(text) ? text : JSON.stringify(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
