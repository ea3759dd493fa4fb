// What a call of Gem takes and gives.
import type * as calls from '../../contracts/calls.ts';
import type { GemOperations } from '../../contracts/gem.ts';

/** The id of an operation of Gem. */
export type OperationId = keyof GemOperations;

/** What an operation needs: its path parameters, its query and its body, as far as it has them. */
export type CallOptions<Id extends OperationId> = calls.CallOptions<GemOperations[Id]>;

export type CallArguments<Id extends OperationId> = calls.CallArguments<GemOperations[Id]>;

/** The body of an operation's success. */
export type SuccessOf<Id extends OperationId> = calls.AnswerOf<GemOperations[Id], 200 | 201>;

/** The operations that answer with a list, in pages. */
export type ListOperation = {
  [Id in OperationId]: GemOperations[Id]['parameters'] extends { query?: { page?: number } }
    ? SuccessOf<Id> extends readonly unknown[]
      ? Id
      : never
    : never;
}[OperationId];

/** Any call, with its types forgotten. */
export interface AnyCall extends calls.AnyCall {
  form?: FormData | undefined;
  /** How many attempts may follow the first, where that is to be fewer than the client's. */
  retries?: number | undefined;
}
