// Reads the body of a request as its operation wants it: JSON, or a form with files.
import { json, type Request, type RequestHandler, type Response } from 'express';
import multer from 'multer';
import type { Operation } from './description.ts';

/** A file that came as one part of a multipart body. */
export interface UploadedFile {
  filename: string;
  contentType: string;
  content: Buffer;
}

/** What was read of a body, or why it could not be. */
export interface Read {
  /** The JSON body, or the fields and file names of a form. */
  body: unknown;
  files: Record<string, UploadedFile>;
  /** What a lenient reader took that a strict one refuses. */
  letPass: readonly string[];
  /** What was thrown, where nothing could be read. */
  unreadable?: unknown;
}

/** @param isLenient takes any content type for JSON, and ten times the size */
export type ReadBody = (request: Request, response: Response, isLenient: boolean) => Promise<Read>;

/** The body is of a type that the operation does not read. */
export class UnsupportedContentType extends Error {}

/** Reads nothing: there is no operation, or it takes no body. */
export const readNothing: ReadBody = async () => nothing;

const nothing: Read = { body: undefined, files: {}, letPass: [] };

/** What a lenient reader takes, in multiples of what a strict one does. */
const lenience = 10;

/** @param limit bytes that a body may have, or each file of a form */
export function bodyReader(operation: Operation, limit: number): ReadBody {
  if (!operation.body) return readNothing;
  const { contentType } = operation.body;
  return contentType === 'multipart/form-data'
    ? formReader(contentType, limit)
    : jsonReader(contentType, limit);
}

function formReader(contentType: string, limit: number): ReadBody {
  const [strict, lenient] = [formParser(limit), formParser(limit * lenience)];
  return async (request, response, isLenient) => {
    // Not even a lenient reader finds the parts of a form whose type does not say what stands between them.
    requireContentType(request, contentType);
    await through(isLenient ? lenient : strict, request, response);
    const parts = (request.files ?? []) as Express.Multer.File[];
    const files = Object.fromEntries(
      parts.map((file) => [
        file.fieldname,
        { filename: file.originalname, contentType: file.mimetype, content: file.buffer },
      ]),
    );
    const fields = (request.body ?? {}) as Record<string, string>;
    const names = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, file.filename]));
    const letPass = parts.flatMap(({ fieldname, size }) => tooLarge(fieldname, size, limit));
    return { body: { ...fields, ...names }, files, letPass };
  };
}

function formParser(fileSize: number): RequestHandler {
  return multer({ storage: multer.memoryStorage(), limits: { fileSize }, defParamCharset: 'utf8' }).any();
}

function jsonReader(contentType: string, limit: number): ReadBody {
  const sizes = new WeakMap<object, number>();
  const strict = json({ limit, strict: false, type: 'application/json' });
  const lenient = json({
    limit: limit * lenience,
    strict: false,
    type: () => true,
    verify: (request, _response, bytes) => void sizes.set(request, bytes.length),
  });
  return async (request, response, isLenient) => {
    const sent = request.headers['content-type'];
    const isEmpty = request.headers['content-length'] === '0' || sent === undefined;
    if (!isLenient) {
      if (!isEmpty) requireContentType(request, contentType);
      await through(strict, request, response);
      return { body: request.body as unknown, files: {}, letPass: [] };
    }
    await through(lenient, request, response);
    const letPass = tooLarge('the body', sizes.get(request) ?? 0, limit);
    if (request.body !== undefined && !request.is(contentType)) {
      letPass.push(`Content-Type: was ${sent ?? 'missing'} instead of ${contentType}.`);
    }
    return { body: request.body as unknown, files: {}, letPass };
  };
}

function tooLarge(what: string, size: number, limit: number): string[] {
  return size > limit ? [`${what}: had ${size} bytes instead of at most ${limit}.`] : [];
}

function requireContentType(request: Request, contentType: string): void {
  if (!request.is(contentType)) throw new UnsupportedContentType(contentType);
}

function through(middleware: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void middleware(request, response, (error?: unknown) => (error ? reject(error as Error) : resolve()));
  });
}
