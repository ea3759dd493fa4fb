import type { ControlSchemas } from '../../contracts/control.ts';
import { toCurl } from './curl.ts';
import { heldForm, bytesOfBody, longestBody, type KeptAnswer, type KeptExchange } from './kept-exchange.ts';
import { nearestOperations } from './near-misses.ts';
import { refusalInWords } from './refusal-in-words.ts';
import { isSecret, linesOf, masked, repeatOf, stateOfSent } from './repeat.ts';
import type { Remembered } from './request-log.ts';

type Message = ControlSchemas['Message'];

/**
 * A request with all that is still known of it, its secrets masked.
 *
 * @param url where the server is reached, if the request itself does not say so
 */
export function requestInDetail({ entry, kept }: Remembered, url: string): ControlSchemas['RequestInDetail'] {
  const { method, path, operation, status } = entry;
  const repeat = repeatOf(kept);
  const isRefusal = status !== null && status >= 400;
  return {
    request: entry,
    sent: kept ? sentOf(kept) : null,
    answered: kept?.answer ? answeredOf(kept.answer) : null,
    refusal: (isRefusal ? refusalInWords(entry.answer ?? valueOf(kept?.answer)) : undefined) ?? null,
    advice: null,
    nearest: operation === null ? nearestOperations(method, path) : [],
    curl: !repeat || repeat.missing !== undefined ? null : toCurl(method, hostOf(kept) ?? url, repeat),
  };
}

function sentOf(kept: KeptExchange): Message {
  const { headers, body, bodyBytes } = kept;
  const form = heldForm(kept);
  const state = stateOfSent(kept);
  const parts = form?.map(({ name, value, file }) => ({
    name,
    value,
    ...(file && { content_type: file.contentType, bytes: file.content.length }),
  }));
  return {
    headers: linesOf(headers)
      .filter(([name]) => !name.startsWith('x-mock-gem-'))
      .map(([name, value]) => toLine(name, value)),
    body: {
      state,
      bytes: bodyBytes ?? (state === 'none' ? 0 : null),
      text: form || body === null ? null : JSON.stringify(body),
      is_base64: false,
      form: parts ?? null,
    },
  };
}

function answeredOf(answer: KeptAnswer): Message {
  const headers = new Map<string, [string, string]>();
  for (const layer of [{ 'Content-Type': 'application/json' }, ...answer.headers]) {
    for (const [name, value] of Object.entries(layer ?? {})) headers.set(name.toLowerCase(), [name, value]);
  }
  const bytes = bytesOfBody(answer.body);
  if (!bytes) headers.delete('content-type');
  const [, type = ''] = headers.get('content-type') ?? [];
  const isText = /json|text|xml|javascript/i.test(type);
  const isCut = answer.isCut || (bytes?.length ?? 0) > longestBody;
  const shown = bytes?.subarray(0, longestBody);
  return {
    headers: [...headers.values()].map(([name, value]) => toLine(name, value)),
    body: {
      state: bytes ? (isCut ? 'cut' : 'whole') : 'none',
      bytes: answer.bytes ?? bytes?.length ?? 0,
      text: shown?.toString(isText ? 'utf8' : 'base64') ?? null,
      is_base64: bytes !== undefined && !isText,
      form: null,
    },
  };
}

function toLine(name: string, value: string): ControlSchemas['HeaderLine'] {
  return isSecret(name) ? { name, value: masked, masked: true } : { name, value, masked: false };
}

/** The value of an answer that the entry does not list, as where a fault sent something of its own. */
function valueOf(answer: KeptAnswer | undefined): unknown {
  try {
    return JSON.parse(bytesOfBody(answer?.body)?.toString() ?? 'null');
  } catch {
    return null;
  }
}

/** Where the client asked, as it said itself. */
function hostOf(kept: KeptExchange | undefined): string | undefined {
  const [, host] = linesOf(kept?.headers ?? []).find(([name]) => name.toLowerCase() === 'host') ?? [];
  return host !== undefined && /^[\w.:[\]-]{1,250}$/.test(host) ? `http://${host}` : undefined;
}
