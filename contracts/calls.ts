// What a call of an operation takes and gives, derived from a description's own types.

/** What an operation needs: its path parameters, its query and its body, as far as it has them. */
export type CallOptions<Shape> = PathPart<Shape> & QueryPart<Shape> & BodyPart<Shape>;

/** Where every part of {@link CallOptions} may be left out, so may the whole. */
export type CallArguments<Shape> =
  Record<never, never> extends CallOptions<Shape>
    ? [options?: CallOptions<Shape>]
    : [options: CallOptions<Shape>];

/** The JSON of an operation's answer with one of these statuses; undefined where it has none. */
export type AnswerOf<Shape extends { responses: object }, Status> = {
  [Key in keyof Shape['responses'] & Status]: JsonOf<Shape['responses'][Key]>;
}[keyof Shape['responses'] & Status];

/** A call with its types forgotten. */
export interface AnyCall {
  path?: Readonly<Record<string, string>> | undefined;
  query?: Readonly<Record<string, unknown>> | undefined;
  body?: unknown;
}

/** The path of an operation with values for its parameters. */
export function fillPath(path: string, values: Readonly<Record<string, string>> = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(values[name] ?? ''));
}

/** The path parameters of an operation; unknown where it has none, as with the other parts. */
export type PathOf<Shape> = Shape extends { parameters: { path: infer Path } } ? Path : unknown;

export type QueryOf<Shape> = Shape extends { parameters: { query?: infer Query } }
  ? NonNullable<Query>
  : unknown;

/** The JSON body of an operation. */
export type BodyOf<Shape> = Shape extends { requestBody?: { content: { 'application/json': infer Body } } }
  ? Body
  : unknown;

/** The JSON body of an answer; undefined where it has none. */
export type JsonOf<Answer> = Answer extends { content: { 'application/json': infer Body } }
  ? Body
  : undefined;

type PathPart<Shape> = unknown extends PathOf<Shape> ? { path?: never } : { path: PathOf<Shape> };

type QueryPart<Shape> = [QueryOf<Shape>] extends [never]
  ? { query?: never }
  : unknown extends QueryOf<Shape>
    ? { query?: never }
    : { query?: QueryOf<Shape> };

type BodyPart<Shape> = Shape extends { requestBody: { content: infer Content } }
  ? Content extends { 'application/json': infer Body }
    ? { body: Body; form?: never }
    : { form: FormData; body?: never }
  : Shape extends { requestBody?: never }
    ? { body?: never; form?: never }
    : { body?: BodyOf<Shape>; form?: never };
