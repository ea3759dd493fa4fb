import { Serialised } from '../../contracts/server/serialised.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import type { Services } from '../actions/services.ts';
import { toWarnings } from '../actions/warnings.ts';
import { invalidInput, UnifiedProblem, withoutCategory } from '../errors.ts';
import { observeAttempt } from '../gem/observe-attempt.ts';
import { LeftAlone, type Passage } from '../gem/gate.ts';
import type { DownloadLimits } from '../outbound/download.ts';
import type { Integration } from '../store/queries/integrations.ts';
import { readFile } from '../actions/load-attachments.ts';
import { chooseHeaders, credentialsOf, readHeaders, redactor } from './headers.ts';
import { targetOf } from './target.ts';

/**
 * `POST /passthrough/gem/api`: sends one request to Gem's ATS API with the integration's credentials, and tells what Gem
 * answered, whatever its status (kombo-unified-api §4.4). Nothing is sent twice and no redirect is followed.
 *
 * @throws UnifiedProblem with a code that general calls may have, or none
 */
export async function sendPassthrough(
  { clientOf, downloads }: Pick<Services, 'clientOf' | 'downloads'>,
  integration: Integration,
  { tool, api }: { tool: string; api: string },
  body: UnifiedSchemas['PassthroughBody'],
): Promise<Serialised<UnifiedSchemas['PassthroughAnswer']>> {
  if (tool !== 'gem' || api !== 'api') {
    throw invalidInput('The integration is one of Gem, which has one passthrough API: /passthrough/gem/api.');
  }
  const target = targetOf(`${integration.gem.url}/ats/v0`, body.path, body.params);
  const { headers, warnings } = chooseHeaders(body.headers);
  const sent = await bodyOf(body, headers, downloads);
  for (const [name, value] of Object.entries(credentialsOf(integration))) headers.set(name, value);

  const redact = redactor(integration);
  const {
    status,
    headers: answerHeaders,
    content,
  } = await exchange(target, clientOf(integration).passage, { method: body.method, headers, sent });
  const text = redact(content.toString('latin1'));
  const data = readBody(Buffer.from(text, 'latin1'), answerHeaders, body.response_as_base64 ?? false);
  const shown = JSON.stringify({
    url: redact(target.href),
    status,
    headers: JSON.parse(redact(JSON.stringify(readHeaders(answerHeaders)))),
  });
  const [open, close] = [
    '{"status":"success","data":',
    `,"warnings":${JSON.stringify(toWarnings(warnings))}}`,
  ];
  const withData = data === undefined ? shown : `${shown.slice(0, -1)},"data":${data}}`;
  return new Serialised(Buffer.from(open + withData + close));
}

interface Sent {
  method: string;
  headers: Headers;
  sent: string | FormData | undefined;
}

/** Milliseconds. Gem's gateway gives up after 29 seconds (gem-ats-api §1.4). */
const longest = 60_000;

/** Bytes. Gem's gateway lets 10 MB through (gem-ats-api §1.4). */
const largest = 20_000_000;

/** It takes its part of the limit of the key; of a Gem that is down, only others find out that it is. */
async function exchange(target: URL, passage: Passage, { method, headers, sent }: Sent) {
  const signal = AbortSignal.timeout(longest);
  try {
    await passage.enter({ patience: 0, signal });
    const attempt = { operation: 'passthrough', method, number: 1, isBrokenOff: () => false } as const;
    return await observeAttempt(attempt, async (traced) => {
      for (const [name, value] of Object.entries(traced)) headers.set(name, value);
      const answer = await fetch(target, {
        method,
        headers,
        redirect: 'manual',
        signal,
        ...(sent !== undefined && { body: sent }),
      });
      const content = await readAtMost(answer, largest);
      return { status: answer.status, headers: answer.headers, content };
    });
  } catch (error) {
    if (error instanceof UnifiedProblem) throw error;
    if (error instanceof LeftAlone)
      throw withoutCategory(`${error.message}. Repeat the call later.`, 503, error);
    if (signal.aborted)
      throw new UnifiedProblem('PLATFORM.TASK_TIMED_OUT', 'Gem did not answer in time.', { cause: error });
    // The cause says what went wrong on the way, and never what was sent.
    throw withoutCategory(
      'Gem could not be reached. It is not known whether it got the request.',
      503,
      error,
    );
  }
}

async function readAtMost({ body }: Response, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > limit) throw withoutCategory('The answer of Gem is too large to be passed on.', 502);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

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
