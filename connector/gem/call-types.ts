// What a call takes and gives, derived from the description's own types.
import type { GemOperations } from '../../contracts/gem.ts';

/** The id of an operation of Gem. */
export type OperationId = keyof GemOperations;

/** What an operation needs: its path parameters, its query and its body, as far as it has them. */
export type CallOptions<Id extends OperationId> = PathOf<GemOperations[Id]> &
  QueryOf<GemOperations[Id]> &
  BodyOf<GemOperations[Id]>;

/** Where every part of {@link CallOptions} may be left out, so may the whole. */
export type CallArguments<Id extends OperationId> =
  Record<never, never> extends CallOptions<Id> ? [options?: CallOptions<Id>] : [options: CallOptions<Id>];

/** The body of an operation's success. */
export type SuccessOf<Id extends OperationId> = {
  [Status in keyof GemOperations[Id]['responses'] & (200 | 201)]: JsonOf<
    GemOperations[Id]['responses'][Status]
  >;
}[keyof GemOperations[Id]['responses'] & (200 | 201)];

/** The operations that answer with a list, in pages. */
export type ListOperation = {
  [Id in OperationId]: GemOperations[Id]['parameters'] extends { query?: { page?: number } }
    ? SuccessOf<Id> extends readonly unknown[]
      ? Id
      : never
    : never;
}[OperationId];

/** Any call, with its types forgotten. */
export interface AnyCall {
  path?: Readonly<Record<string, string>> | undefined;
  query?: Readonly<Record<string, unknown>> | undefined;
  body?: unknown;
  form?: FormData | undefined;
  /** How many attempts may follow the first, where that is to be fewer than the client's. */
  retries?: number | undefined;
}

type PathOf<Operation> = Operation extends { parameters: { path: infer Path } }
  ? { path: Path }
  : { path?: never };

type QueryOf<Operation> = Operation extends { parameters: { query?: infer Query } }
  ? [Query] extends [undefined]
    ? { query?: never }
    : { query?: NonNullable<Query> }
  : { query?: never };

type BodyOf<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? Content extends { 'application/json': infer Body }
    ? { body: Body; form?: never }
    : { form: FormData; body?: never }
  : { body?: never; form?: never };

type JsonOf<Answer> = Answer extends { content: { 'application/json': infer Body } } ? Body : never;
