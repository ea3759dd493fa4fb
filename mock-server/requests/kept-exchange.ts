import { Serialised } from '../../contracts/server/serialised.ts';
import type { UploadedFile } from '../../contracts/server/read-body.ts';

/**
 * What a log holds of a request and its answer beside the entry that it lists: references to what is in memory already. It is
 * put into words only when somebody asks.
 */
export interface KeptExchange {
  /** Path and query as they were asked for. */
  target: string;
  /** Names and values in turn, secrets too: they are masked when they are shown. */
  headers: readonly string[];
  /** The body as it was read, or cut short; null where there is none, or it was not read. */
  body: unknown;
  isBodyWhole: boolean;
  /** How long the body said it is. */
  bodyBytes: number | undefined;
  files: Readonly<Record<string, UploadedFile>>;
  /** Undefined where nothing was answered. */
  answer: KeptAnswer | undefined;
}

/** An answer as far as it is held. */
export interface KeptAnswer {
  status: number;
  /** In layers, as they are sent: what stands later wins. */
  headers: readonly (Readonly<Record<string, string>> | undefined)[];
  /** The value, or its bytes; of what is long only the beginning. */
  body: unknown;
  /** How long it was; undefined for a value that was not measured. */
  bytes: number | undefined;
  isCut: boolean;
}

/** Bytes of one body that are held and shown. */
export const longestBody = 256 * 1024;

/** What a log may hold of exchanges, in bytes, roughly; the oldest are forgotten first. */
export const keptBytes = 8 * 1024 * 1024;

/** About what an exchange takes in memory, were nothing of it shared. */
export function bytesOfExchange({ headers, bodyBytes, isBodyWhole, files, answer }: KeptExchange): number {
  const sent = isBodyWhole ? (bodyBytes ?? bytesOfFiles(files)) : longestBody / 4;
  const letters = headers.reduce((sum, { length }) => sum + length, 0);
  return 400 + 40 * headers.length + letters + sent + Math.min(answer?.bytes ?? 300, longestBody);
}

/** Bytes of the files that came with a form. */
export function bytesOfFiles(files: KeptExchange['files']): number {
  return Object.values(files).reduce((sum, { content }) => sum + content.length, 0);
}

/** The bytes of a body that is held; undefined where there is none. */
export function bytesOfBody(body: unknown): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return body instanceof Serialised ? body.bytes : Buffer.from(JSON.stringify(body));
}

/** The parts of a form, in the order in which they were read. */
export type HeldForm = readonly FormPart[];

/** One field or file of a form. */
export interface FormPart {
  name: string;
  /** A text, or the name of a file. */
  value: string;
  file: { contentType: string; content: Buffer } | undefined;
}

/** The form that a request carried; undefined where it carried none. */
export function heldForm({ headers, body, files }: KeptExchange): HeldForm | undefined {
  const at = headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-type');
  const isForm = /^multipart\/form-data\b/i.test(at < 0 ? '' : (headers[at + 1] ?? ''));
  if (!isForm || typeof body !== 'object' || body === null) return undefined;
  return Object.entries(body).map(([name, value]) => {
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    return { name, value: String(value), file };
  });
}
