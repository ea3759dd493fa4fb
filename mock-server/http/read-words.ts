import type { Operation } from '../../contracts/description.ts';
import { gemDescription } from '../../contracts/gem.ts';
import type { RawRequest } from '../../contracts/validator.ts';

/**
 * A query with the words for yes and no as Gem's framework reads them (gem-ats-api §1.1: marshmallow). A parameter that is a
 * text of its own takes its own words alone (gem-ats-api §1.6).
 */
export function readWords(operation: Operation | undefined, query: RawRequest['query']): RawRequest['query'] {
  const read: RawRequest['query'] = {};
  for (const { name, schema, in: place } of operation?.parameters ?? []) {
    const written = place === 'query' ? query[name] : undefined;
    if (written === undefined || Reflect.get(schema, 'type') !== 'boolean' || 'x-words' in schema) continue;
    const [word = ''] = [written].flat();
    const meant = toBoolean(word);
    read[name] = meant === undefined ? word : String(meant);
  }
  return Object.keys(read).length > 0 ? { ...query, ...read } : query;
}

/** A JSON body with the same words, and 1 and 0, as yes and no wherever its operation has a field for them. */
export function readWordsOfBody(operation: Operation | undefined, body: unknown): unknown {
  if (operation?.body?.contentType !== 'application/json') return body;
  const { schemaPointer } = operation.body;
  if (!switchesOf.has(schemaPointer)) {
    switchesOf.set(schemaPointer, findSwitches({ $ref: `#${schemaPointer}` }));
  }
  return withBooleans(body, switchesOf.get(schemaPointer));
}

function withBooleans(value: unknown, switches: Switches | undefined): unknown {
  if (switches === undefined) return value;
  if (switches === 'here') return toBoolean(value) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  if (switches instanceof Map) {
    const read = [...switches].flatMap(([name, inside]) =>
      Object.hasOwn(value, name) ? [[name, withBooleans(Reflect.get(value, name), inside)]] : [],
    );
    return Array.isArray(value) || read.length === 0 ? value : { ...value, ...Object.fromEntries(read) };
  }
  return Array.isArray(value) ? value.map((item) => withBooleans(item, switches.ofItems)) : value;
}

/** Where in a body the fields for yes and no are: here, in the items of a list, or in members. */
type Switches = 'here' | { ofItems: Switches } | Map<string, Switches>;

const switchesOf = new Map<string, Switches | undefined>();

interface Schema {
  $ref?: string;
  type?: string | string[];
  items?: Schema;
  properties?: Record<string, Schema>;
}

function findSwitches(schema: Schema): Switches | undefined {
  const { type = [], items, properties = {} } = follow(schema);
  if ([type].flat().includes('boolean')) return 'here';
  const ofItems = items && findSwitches(items);
  if (ofItems) return { ofItems };
  const members = Object.entries(properties).flatMap(([name, member]): [string, Switches][] => {
    const inside = findSwitches(member);
    return inside ? [[name, inside]] : [];
  });
  return members.length > 0 ? new Map(members) : undefined;
}

function follow(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const keys = schema.$ref.split('/').slice(1);
  const found = keys.reduce<unknown>(
    (at, key) => Reflect.get(Object(at), key.replaceAll('~1', '/').replaceAll('~0', '~')),
    gemDescription.document,
  );
  // The document is ours, and a body's pointer leads to a schema.
  return follow(found as Schema);
}

function toBoolean(written: unknown): boolean | undefined {
  return yes.has(written) ? true : no.has(written) ? false : undefined;
}

/** Each word in small letters, with a large first one, and in large ones. */
function inCases(words: readonly string[]): string[] {
  return words.flatMap((word) => [word, word.slice(0, 1).toUpperCase() + word.slice(1), word.toUpperCase()]);
}

const yes = new Set<unknown>([...inCases(['t', 'true', 'on', 'y', 'yes']), '1', 1]);
const no = new Set<unknown>([...inCases(['f', 'false', 'off', 'n', 'no']), '0', 0]);
