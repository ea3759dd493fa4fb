// What can be written where the cursor stands in YAML or JSON, by a JSON Schema: a key only where it may stand, a value where one
// of a few is wanted.
import type { Schema } from './json-schema.ts';

/** What can stand in a place. */
export interface Offer {
  label: string;
  /** What it means, in the schema's words. */
  info: string | undefined;
  isKey: boolean;
}

/** A schema with what its references lead to. */
export interface SchemaRoot {
  schema: Schema;
  /** What `#` stands for in its references. */
  root: object;
}

/** What can be written at the end of a text. */
export function offersAt({ schema, root }: SchemaRoot, language: 'json' | 'yaml', text: string): Offer[] {
  const place = language === 'json' ? placeInFlow(text) : placeInYaml(text);
  let here = leavesOf(schema, root);
  for (const [index, step] of place.path.entries()) {
    const isLast = index === place.path.length - 1 && place.key === undefined;
    here = here.flatMap((one) => leavesOf(inside(one, step), root));
    if (isLast) here = fitting(here, place.siblings);
  }
  if (place.key !== undefined) {
    const { key } = place;
    const values = fitting(here, place.siblings).flatMap((one) => leavesOf(inside(one, key), root));
    return valuesOf(values, text);
  }
  const keys = here.flatMap(({ properties = {} }) =>
    Object.entries(properties).filter(([name]) => !place.siblings.has(name)),
  );
  const described = keys.map(([label, { description }]) => [
    label,
    { label, info: description, isKey: true },
  ]);
  const once = new Map<string, Offer>(described as [string, Offer][]);
  return [...once.values(), ...valuesOf(here, text)];
}

/** Where in a document a text ends. */
interface Place {
  /** Keys from the outside in; {@link entry} stands for any entry of a list. */
  path: string[];
  /** The key whose value is being written; undefined where a key or an entry of a list is. */
  key: string | undefined;
  /** What stands beside it so far. */
  siblings: ReadonlyMap<string, string>;
}

const entry = '[]';

function placeInYaml(text: string): Place {
  const lines = text.split('\n');
  const current = lines.pop() ?? '';
  const [, spaces = '', dashes = '', rest = ''] = /^( *)((?:- +)*)(.*)$/.exec(current) ?? [];
  const column = spaces.length + dashes.length;
  const above = [`${spaces}${dashes}`, ...lines.toReversed()];
  const { path, siblings } = around(above, column);
  const [, key, value = ''] = /^([\w$-]+):\s+(.*)$/s.exec(rest) ?? [];
  const flow = placeInFlow(key === undefined ? rest : value);
  const isInFlow = isOpen(key === undefined ? rest : value);
  if (isInFlow) return { ...flow, path: [...path, ...(key === undefined ? [] : [key]), ...flow.path] };
  return { path, key, siblings };
}

/** The keys around a column, by the lines above it from the nearest on, and what stands in the same column. */
function around(above: readonly string[], column: number): Pick<Place, 'path' | 'siblings'> {
  const path: string[] = [];
  const siblings = new Map<string, string>();
  let need = column;
  // The key of a list may stand in the same column as its dashes.
  let isDash = false;
  for (const line of above) {
    if (/^\s*(?:#|$)/.test(line) && line !== above[0]) continue;
    for (const { at, name, value } of tokensOf(line).toReversed()) {
      if (name === entry ? at >= need : at > need || (at === need && !isDash)) {
        if (at === column && path.length === 0) siblings.set(name, value);
        continue;
      }
      path.unshift(name);
      need = at;
      isDash = name === entry;
    }
  }
  return { path, siblings };
}

/** The dashes and the key that a line begins with, and where each stands. */
function tokensOf(line: string): { at: number; name: string; value: string }[] {
  const [, spaces = '', dashes = '', key, value = ''] =
    /^( *)((?:- *)*)(?:([\w$-]+):(?:\s+(.*))?$)?/.exec(line) ?? [];
  const found = [...dashes.matchAll(/-/g)].map(({ index }) => ({
    at: spaces.length + index,
    name: entry,
    value: '',
  }));
  const at = spaces.length + dashes.length;
  return key === undefined ? found : [...found, { at, name: key, value: value.trim() }];
}

interface Frame {
  step: string | undefined;
  isList: boolean;
  key: string | undefined;
  members: Map<string, string>;
}

/** What is open at the end of JSON, or of YAML in braces. */
function placeInFlow(text: string): Place {
  const frames = framesOf(text);
  const last = frames.at(-1);
  const path = frames.flatMap(({ step }) => step ?? []);
  if (last?.isList) path.push(entry);
  return { path, key: last?.isList ? undefined : last?.key, siblings: last?.members ?? new Map() };
}

function isOpen(text: string): boolean {
  return framesOf(text).length > 0;
}

function framesOf(text: string): Frame[] {
  const frames: Frame[] = [];
  let scalar = '';
  for (const [token] of text.matchAll(
    /"(?:[^"\\]|\\.)*"?|'[^']*'?|[{}[\],]|:(?=\s|$|")|(?:[^{}[\],:"']|:(?!\s|$|"))+/g,
  )) {
    const here = frames.at(-1);
    if (token === '{' || token === '[') {
      const step = here && (here.isList ? entry : here.key);
      frames.push({ step, isList: token === '[', key: undefined, members: new Map() });
      scalar = '';
    } else if (token === '}' || token === ']') {
      frames.pop();
      scalar = '';
    } else if (token === ':') {
      if (here) here.key = scalar;
      scalar = '';
    } else if (token === ',') {
      if (here?.key !== undefined) here.members.set(here.key, scalar);
      if (here) here.key = undefined;
      scalar = '';
    } else scalar = token.trim() === '' ? scalar : token.trim().replaceAll(/^["']|["']$/g, '');
  }
  return frames;
}

/** A schema with its references followed and its alternatives apart. */
function leavesOf(schema: Schema | undefined, root: object): Schema[] {
  if (!schema) return [];
  const { $ref, anyOf = [], oneOf = [], ...own } = schema;
  const target = $ref
    ?.split('/')
    .slice(1)
    .reduce<unknown>((inner, step) => Reflect.get(Object(inner), step), root);
  const others = [...anyOf, ...oneOf, ...(target === undefined ? [] : [target as Schema])];
  return [own, ...others.flatMap((one) => leavesOf(one, root))];
}

function inside({ items, properties = {}, additionalProperties }: Schema, step: string): Schema | undefined {
  if (step === entry) return items;
  if (Object.hasOwn(properties, step)) return properties[step];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** Those alternatives that what stands there already is one of: after `do: reject`, none of another verb. */
function fitting(schemas: readonly Schema[], siblings: ReadonlyMap<string, string>): Schema[] {
  return schemas.filter(({ properties = {} }) =>
    [...siblings].every(([name, value]) => {
      const { const: only } = properties[name] ?? {};
      return only === undefined || value === '' || String(only) === value;
    }),
  );
}

function valuesOf(schemas: readonly Schema[], text: string): Offer[] {
  const words = schemas.flatMap(({ const: only, enum: several = [], type, description: info }) => {
    const isSwitch = [type].flat().includes('boolean');
    const all = [...(only === undefined ? [] : [only]), ...several, ...(isSwitch ? [true, false] : [])];
    return all.filter((one) => one !== null).map((one) => ({ label: String(one), info, isKey: false }));
  });
  // Records go by the labels that the text itself gives them.
  const isLabel = schemas.some(({ description = '' }) => /\blabel\b/.test(description));
  const labels = isLabel ? [...text.matchAll(/\bas: *([\w-]+)/g)].map(([, label = '']) => label) : [];
  const named = labels.map((label) => ({ label, info: 'a label of this text', isKey: false }));
  return [...new Map([...words, ...named].map((offer) => [offer.label, offer])).values()];
}
