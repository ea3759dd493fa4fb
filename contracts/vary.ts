// Gives an answer of Gem's the forms that a variation has chosen.
import type { Description, Operation } from './description.ts';
import type { Form, Forms } from './guesses.ts';

/** An answer, its body as the value that its JSON is of. */
export interface PlainAnswer {
  status: number;
  headers: Record<string, string>;
  /** Undefined where there is none. */
  body: unknown;
}

/** The same answer in other forms. */
export interface VariedAnswer extends PlainAnswer {
  /** The guesses that changed something of it. */
  varied: readonly string[];
}

/** Varies answers of one description. */
export interface Vary {
  /** @param answer what the operation answers as described; it is not changed */
  answer(operation: Operation, answer: PlainAnswer, forms: Forms): VariedAnswer;
  /**
   * A record of a list, or all of them, without what the variation takes away, in the described form: what can still be
   * known of it. Forms that only say the same in another way change nothing.
   */
  known<Value>(operation: Operation, value: Value, forms: Forms): Value;
}

/** @param description whose operations are answered */
export function createVary(description: Description): Vary {
  const root = description.document as Schema;

  return {
    answer(operation, { status, headers, body }, forms) {
      if (status >= 300) return { status, headers, body, varied: [] };
      const walk = new Walk(root, forms, isOfAts(operation));
      const varied = walk.value(schemaOf(operation, status), body);
      const sent = whole(forms.get(`${operation.id}.answer`), { status, headers, body: varied });
      const isPaged = headers[pageHeader] !== undefined && isOfAts(operation);
      const paged = isPaged ? withHeader(forms.get('AtsPagination'), sent) : sent;
      if (sent.status !== status || sent.body !== varied) walk.varied.add(`${operation.id}.answer`);
      if (paged.headers[pageHeader] !== headers[pageHeader]) walk.varied.add('AtsPagination');
      return { ...paged, varied: [...walk.varied] };
    },

    known<Value>(operation: Operation, value: Value, forms: Forms): Value {
      const walk = new Walk(root, forms, isOfAts(operation), true);
      // What is taken away leaves the described shape.
      return walk.value(schemaOf(operation, 200), value) as Value;
    },
  };
}

function schemaOf(operation: Operation, status: number): Schema | undefined {
  const pointer = operation.answers.get(status);
  return pointer === undefined ? undefined : { $ref: `#${pointer}` };
}

/** The ways in which other APIs of Gem write values are documented or recorded. */
function isOfAts({ path }: Operation): boolean {
  return path.startsWith('/ats/');
}

/** One way through one answer. */
class Walk {
  /** The guesses that changed something. */
  readonly varied = new Set<string>();
  readonly #root: Schema;
  readonly #forms: Forms;
  readonly #isOfAts: boolean;
  /** Whether only what is lost is taken away. */
  readonly #onlyLosses: boolean;

  constructor(root: Schema, forms: Forms, ofAts: boolean, onlyLosses = false) {
    this.#root = root;
    this.#forms = forms;
    this.#isOfAts = ofAts;
    this.#onlyLosses = onlyLosses;
  }

  value(schema: Schema | undefined, value: unknown): unknown {
    if (!schema || value === null || value === undefined) return value;
    const { name, node } = this.#follow(this.#branch(schema, value));
    if (Array.isArray(value)) return value.map((item) => this.value(node.items, item));
    if (typeof value === 'object') return node.properties ? this.#object(name, node, value) : value;
    return node.format === 'date-time' && typeof value === 'string' ? this.#time(value) : value;
  }

  #object(name: string, { properties = {}, required = [] }: Schema, value: object): object {
    const record: Record<string, unknown> = { ...value };
    for (const [field, schema] of Object.entries(properties)) {
      const guess = [`${name}.${field}`, this.#nameBehind(schema)].find((one) => this.#forms.has(one));
      const before = record[field];
      const isSent = Object.hasOwn(record, field);
      const form = guess === undefined ? undefined : this.#forms.get(guess);
      const changed = this.#field(form, { isSent, before, schema, isRequired: required.includes(field) });
      if (changed === left) delete record[field];
      else if (changed !== undefined || isSent)
        record[field] = changed === before ? this.value(schema, before) : changed;
      if (
        guess !== undefined &&
        (Object.hasOwn(record, field) !== isSent || (changed !== before && changed !== left))
      ) {
        this.varied.add(guess);
      }
    }
    if (this.#isOfAts && !this.#onlyLosses && this.#forms.get('more_fields') === 'sent') {
      this.varied.add('more_fields');
      record['milestone'] = { id: 'bWlsZXN0b25l', name: 'In progress' };
    }
    return record;
  }

  /** @returns `left` where the field is left out, undefined where it stays away */
  #field(form: Form | undefined, { isSent, before, schema, isRequired }: FieldState): unknown {
    const isUnset = before === null || !isSent;
    switch (form) {
      case 'missing':
      case 'null':
        if (!this.#onlyLosses) return form === 'null' ? null : left;
        return isSent ? this.#nothing(schema, before, isRequired) : before;
      case 'another word':
        return typeof before === 'string' ? otherWord : before;
      default:
    }
    if (this.#onlyLosses) {
      return form === 'not repeated' && isSent ? this.#nothing(schema, before, isRequired) : before;
    }
    switch (form) {
      case 'missing when unset':
        return isUnset ? left : before;
      case 'null when unset':
        return isUnset ? null : before;
      case 'empty text when unset':
        return isUnset ? '' : before;
      case 'not repeated':
        return left;
      default:
        return before;
    }
  }

  /** How the description says that a field holds nothing; the value itself, where it cannot say so. */
  #nothing(schema: Schema, before: unknown, isRequired: boolean): unknown {
    const { node } = this.#follow(schema);
    const types = new Set([node.type ?? []].flat());
    const options = [...(node.oneOf ?? []), ...(node.anyOf ?? [])];
    if (types.has('null') || options.some(({ type }) => type === 'null')) return null;
    if (!isRequired) return left;
    return types.has('array') ? [] : before;
  }

  #time(text: string): string {
    const form = this.#isOfAts && !this.#onlyLosses ? this.#forms.get('times') : undefined;
    const written = form === undefined ? text : writtenAs(form, text);
    if (written !== text) this.varied.add('times');
    return written;
  }

  /** The schema, among several, that a value is of. */
  #branch(schema: Schema, value: unknown): Schema {
    const { node } = this.#follow(schema);
    const options = node.oneOf ?? node.anyOf;
    if (!options || typeof value !== 'object' || value === null) return schema;
    const fitting = options.find((option) => {
      const { required = [], properties } = this.#follow(option).node;
      return properties && required.every((key) => Object.hasOwn(value, key));
    });
    return fitting ?? schema;
  }

  /** The name of the schema that a field's own schema is, where it refers to one. */
  #nameBehind({ $ref }: Schema): string {
    return $ref?.split('/').at(-1) ?? '';
  }

  #follow(schema: Schema): { name: string; node: Schema } {
    let name = '';
    let node = schema;
    while (node.$ref !== undefined) {
      const { $ref } = node;
      name = $ref.split('/').at(-1) ?? '';
      const found = $ref
        .split('/')
        .slice(1)
        .reduce<unknown>(
          // A description is a tree of objects, and its references were followed when it was read.
          (at, key) => (at as Record<string, unknown>)[key.replaceAll('~1', '/').replaceAll('~0', '~')],
          this.#root,
        );
      node = found as Schema;
    }
    return { name, node };
  }
}

const left = Symbol('left out');
const otherWord = 'another_word';

function writtenAs(form: Form, text: string): string {
  switch (form) {
    case 'no fraction when whole':
      return text.replace(/\.0+Z$/, 'Z');
    case 'microseconds':
      return text.replace(/\.(\d{3})Z$/, '.$1000Z');
    case 'offset':
      return text.replace(/Z$/, '+00:00');
    case 'no zone':
      return text.replace(/Z$/, '');
    default:
      return text;
  }
}

/** An answer as a whole, for a write whose answer was never seen. */
function whole(form: Form | undefined, answer: PlainAnswer): PlainAnswer {
  const { body } = answer;
  switch (form) {
    case 'status 200':
      return { ...answer, status: 200, body: body ?? {} };
    case 'status 201':
      return { ...answer, status: 201 };
    case 'no content':
      return { ...answer, status: 204, body: undefined };
    case 'empty':
      return { ...answer, body: Buffer.alloc(0) };
    case 'empty object':
      return { ...answer, body: {} };
    case 'id alone':
      return { ...answer, body: isObject(body) ? { id: body['id'] } : body };
    default:
      return answer;
  }
}

const pageHeader = 'X-Pagination';

function withHeader(form: Form | undefined, answer: PlainAnswer): PlainAnswer {
  if (form === undefined) return answer;
  const { [pageHeader]: text = '{}', ...headers } = answer.headers;
  const known: unknown = JSON.parse(text);
  const { total, page = 0, last_page = 0 } = isObject(known) ? known : {};
  const size = Array.isArray(answer.body) ? answer.body.length : 0;
  const isLast = Number(page) >= Number(last_page);
  const put = (header: object) => ({
    ...answer,
    headers: { ...headers, [pageHeader]: JSON.stringify(header) },
  });
  switch (form) {
    case 'missing':
      return { ...answer, headers };
    case 'total alone':
      return put({ total });
    case 'nothing at the end':
      return isLast ? put({ total: 0, total_pages: 0 }) : answer;
    case 'counts the page':
      return put({ ...(isObject(known) ? known : {}), total: size });
    case 'counts what remains':
      // Every page but the last is full.
      return put({
        ...(isObject(known) ? known : {}),
        total: isLast ? size : Number(total) - (Number(page) - 1) * size,
      });
    default:
      return answer;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface FieldState {
  isSent: boolean;
  before: unknown;
  schema: Schema;
  isRequired: boolean;
}

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  oneOf?: Schema[];
  anyOf?: Schema[];
}
