// The actions and their inputs, read off the description: `x-action` names an action, `x-input` an input that is called
// otherwise in the coverage, and `x-covered: false` one that Gem has no place for.
import type { Operation } from '../../../contracts/description.ts';
import { unifiedDescription } from '../../../contracts/unified.ts';

/** An action that Gem has. */
export interface DescribedAction {
  id: string;
  label: string;
  operation: Operation;
}

/** One input of an action, as in `candidate.first_name`. */
export interface ActionInput {
  name: string;
  isCovered: boolean;
}

/** The actions in the order of the description. */
export function describedActions(): DescribedAction[] {
  return [...unifiedDescription.operations.values()].flatMap((operation) => {
    const action = read(documentAt(['paths', operation.path, operation.method]), 'x-action');
    const [id, label] = [read(action, 'id'), read(action, 'label')];
    return typeof id === 'string' && typeof label === 'string' ? [{ id, label, operation }] : [];
  });
}

/** The inputs of an action: what is named in its path, then what its body may hold. */
export function actionInputs({ path, method, body }: Operation): ActionInput[] {
  const parameters = toList(read(documentAt(['paths', path, method]), 'parameters'))
    .map(follow)
    .filter((parameter) => read(parameter, 'in') === 'path')
    .map((parameter) => ({
      name: String(read(parameter, 'x-input') ?? read(parameter, 'name')),
      isCovered: true,
    }));
  const schema = body === undefined ? undefined : documentAt(keysOf(body.schemaPointer));
  return [...parameters, ...inputsOf(schema, '')];
}

/** The leaves of a schema. An input that is not covered is one leaf, whatever it holds. */
function inputsOf(node: unknown, name: string): ActionInput[] {
  const schema = follow(node);
  const isCovered = read(node, 'x-covered') !== false && read(schema, 'x-covered') !== false;
  const items = read(schema, 'items');
  if (isCovered && items !== undefined) return inputsOf(items, name);
  const properties = Object.entries(toObject(read(schema, 'properties')));
  if (!isCovered || properties.length === 0) return name === '' ? [] : [{ name, isCovered }];
  return properties.flatMap(([key, property]) =>
    inputsOf(property, String(read(property, 'x-input') ?? (name === '' ? key : `${name}.${key}`))),
  );
}

function documentAt(keys: readonly string[]): unknown {
  return keys.reduce<unknown>(read, unifiedDescription.document);
}

function follow(node: unknown): unknown {
  const reference = read(node, '$ref');
  return typeof reference === 'string' ? follow(documentAt(keysOf(reference.slice(1)))) : node;
}

function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function read(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined;
}

function toList(node: unknown): readonly unknown[] {
  return Array.isArray(node) ? node : [];
}

function toObject(node: unknown): object {
  return typeof node === 'object' && node !== null ? node : {};
}
