import type { KeptExchange } from './kept-exchange.ts';

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
