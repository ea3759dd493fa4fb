import { fc } from '@fast-check/vitest';
import { webUrl } from './values.ts';

/** A JSON schema, as far as the descriptions use it. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  format?: string;
  minimum?: number;
  maximum?: number;
}

/** Makes values that fit the schemas of a document, near their bounds and with ids that lead somewhere. */
export class FromSchema {
  readonly #document: object;
  readonly #text: fc.Arbitrary<string>;

  /** @param ids what texts are likely to be */
  constructor(document: object, ids: readonly string[]) {
    this.#document = document;
    this.#text = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...ids) },
      { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
      { weight: 1, arbitrary: fc.constantFrom('', ' ', '%', '\u0000', '__proto__', 'x'.repeat(300)) },
    );
  }

  /** Values of the schema that a pointer leads to. */
  at(pointer: string): fc.Arbitrary<unknown> {
    return this.#of(this.#follow(`#${pointer}`), 0);
  }

  /** Values of a schema, and now and then something else in their place. */
  value(schema: object): fc.Arbitrary<unknown> {
    return this.#of(schema as Schema, 0);
  }

  #of(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    if (depth > 5) return fc.constant(null);
    const right = this.#right(schema, depth);
    return fc.oneof(
      { weight: 25, arbitrary: right },
      { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) },
    );
  }

  #right(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    if (schema.$ref) return this.#right(this.#follow(schema.$ref), depth);
    if ('const' in schema) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const choices = schema.oneOf ?? schema.anyOf;
    if (choices) return fc.oneof(...choices.map((choice) => this.#right(choice, depth)));
    const types = [schema.type ?? 'any'].flat();
    return fc.oneof(...types.map((type) => this.#ofType(type, schema, depth)));
  }

  #ofType(type: string, schema: Schema, depth: number): fc.Arbitrary<unknown> {
    switch (type) {
      case 'object':
        return this.#object(schema, depth);
      case 'array':
        return fc.array(this.#of(schema.items ?? {}, depth + 1), { maxLength: 3 });
      case 'string':
        return this.#string(schema.format);
      case 'integer':
      case 'number':
        return fc.oneof(
          fc.integer({
            min: Math.ceil(schema.minimum ?? -2),
            max: Math.max(Math.ceil(schema.minimum ?? -2), Math.floor(schema.maximum ?? 50)),
          }),
          fc.constantFrom(0, -1, 1.5, 1e15),
        );
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      default:
        return fc.jsonValue({ maxDepth: 2 });
    }
  }

  #object(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const properties = Object.entries(schema.properties ?? {});
    const members = Object.fromEntries(
      properties.map(([name, member]) => [name, this.#of(member, depth + 1)]),
    );
    const known = fc.record(members, {
      requiredKeys: (schema.required ?? []).filter((name) => name in members),
    });
    return fc
      .tuple(
        known,
        fc.oneof(
          { weight: 9, arbitrary: fc.constant({}) },
          fc.dictionary(this.#text, this.#text, { maxKeys: 1 }),
        ),
      )
      .map(([object, stranger]) => Object.assign({}, object, stranger));
  }

  #string(format: string | undefined): fc.Arbitrary<unknown> {
    switch (format) {
      case 'date-time':
        return fc
          .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100') })
          .map((date) => date.toISOString());
      case 'date':
        return fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
      case 'email':
      case 'idn-email':
        return fc.emailAddress();
      case 'uri':
      case 'iri':
        return webUrl;
      default:
        return this.#text;
    }
  }

  #follow(reference: string): Schema {
    const keys = reference.slice(2).split('/');
    const found = keys.reduce<unknown>(
      (at, key) => (at as Record<string, unknown>)[key.replaceAll('~1', '/').replaceAll('~0', '~')],
      this.#document,
    );
    return found as Schema;
  }
}
