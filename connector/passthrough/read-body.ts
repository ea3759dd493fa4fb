/**
 * Reads the body of an answer as callers are given it: parsed where it is JSON, a string otherwise
 * (kombo-unified-api §4.4).
 *
 * @returns undefined where there is none
 */
export function readBody(content: Buffer, headers: Headers, asBase64: boolean): unknown {
  if (content.length === 0) return undefined;
  if (asBase64) return content.toString('base64');
  const text = content.toString('utf8');
  const type = headers.get('content-type') ?? '';
  if (!/^[^;]*[/+]json\s*(;|$)/i.test(type)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
