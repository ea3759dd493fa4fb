import type { ControlSchemas } from '../../contracts/control.ts';

/** A request as faults and the log see it. */
export interface MetRequest {
  /** The `operationId`, `attachment` for the file behind a link, or null where no operation has this path. */
  operation: string | null;
  method: string;
  path: string;
  query: Readonly<Record<string, unknown>>;
  /** The JSON body, or the fields and file names of a form; null without one. */
  body: unknown;
  /** Is aborted when the client no longer waits for the answer. */
  left: AbortSignal;
  /** What became of it, as far as that is known. */
  trace: Trace;
}

/** What took part in the answer to a request. */
export interface Trace {
  /** The ids of the faults that struck it. */
  faults: string[];
  /** What kind each of them is. */
  faultKinds: string[];
  /** What the answer rests on that is only assumed. */
  assumptions: string[];
  /** The guesses that took another form in the answer. */
  varied: string[];
  /** What a lenient world tolerated. */
  tolerated: string[];
  /** How far ahead of the world's clock it was worked on, in milliseconds. */
  clockSkew: number;
}

/** One request to a world and what became of it. */
export type RecordedRequest = ControlSchemas['RecordedRequest'];

/** Is told of a request; `world` is undefined where its key opened none. */
export type OnRequest = (request: RecordedRequest, world: string | undefined) => void;
