import { readFile } from '../actions/load-attachments.ts';
import { invalidInput } from '../errors.ts';
import type { DownloadLimits } from '../outbound/download.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';

type PassthroughBody = UnifiedSchemas['PassthroughBody'];

/**
 * Puts the body of a passthrough request together: a string as it is, anything else as JSON, a form as multipart
 * (kombo-unified-api §4.4).
 *
 * @param headers get the content type that belongs to the body
 * @returns undefined for a request without one
 * @throws UnifiedProblem when there are two bodies, or one with a method that has none
 */
export async function bodyOf(
  { method, data, multipart_form_data: parts }: PassthroughBody,
  headers: Headers,
  limits: DownloadLimits,
): Promise<string | FormData | undefined> {
  const isForm = parts !== undefined && parts.length > 0;
  if (data === undefined && !isForm) return undefined;
  if (data !== undefined && isForm)
    throw invalidInput('body data and multipart_form_data exclude each other.');
  if (method === 'GET') throw invalidInput('body data cannot be sent with the method GET; use params.');
  if (isForm) {
    // It names the boundary between the parts, which only their writer knows.
    headers.delete('content-type');
    return toForm(parts, limits);
  }
  if (typeof data === 'string') return data;
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  return JSON.stringify(data);
}

async function toForm(
  parts: NonNullable<PassthroughBody['multipart_form_data']>,
  limits: DownloadLimits,
): Promise<FormData> {
  const form = new FormData();
  for (const [index, { name, value }] of parts.entries()) {
    if (typeof value === 'string') {
      form.append(name, value);
    } else {
      const file = await readFile(value, `body multipart_form_data[${index}].value`, limits);
      form.append(name, new Blob([Uint8Array.from(file.content)], { type: file.contentType }), value.name);
    }
  }
  return form;
}

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
