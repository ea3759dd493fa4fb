// What is covered: the models' own columns, and the inputs of the actions as the description has them. A new column or
// input is covered by itself.
import { models } from '../models/index.ts';
import type { Model } from '../models/model.ts';
import { type UnifiedSchemas, unifiedDescription } from '../../contracts/unified.ts';
import type { Operation } from '../../contracts/description.ts';

type Part = UnifiedSchemas['CoveredPart'];

/** Every model with its fields (kombo-unified-api §4.6). */
export const readModels: readonly Part[] = models.map((model: Model) => ({
  id: model.name,
  label: model.label,
  coverage_status: 'SUPPORTED',
  fields: fieldsOf(model).map((id) => ({ id, coverage_status: 'SUPPORTED' })),
}));

/** Every action that Gem has, with its inputs; those that Gem has no place for are unsupported. */
export const writeActions: readonly Part[] = describedActions().map(({ id, label, operation }) => ({
  id,
  label,
  coverage_status: 'SUPPORTED',
  fields: actionInputs(operation).map(({ name, isCovered }) => ({
    id: name,
    coverage_status: isCovered ? 'SUPPORTED' : 'UNSUPPORTED',
  })),
}));

/** The action that an operation performs; undefined where it is none of Gem's. */
export function actionOf({ id }: Pick<Operation, 'id'>): string | undefined {
  return actionIds.get(id);
}

const actionIds = new Map(describedActions().map(({ id, operation }) => [operation.id, id]));

/** What a model, a field behind its model, or an action is called for people. */
export function labelOfPart(part: string): string {
  const [id, field] = part.split('.');
  const label = [...readModels, ...writeActions].find((one) => one.id === id)?.label ?? part;
  return field === undefined ? label : `${label}: ${field.replaceAll('_', ' ')}`;
}

/** All that is covered, as `/tools` tells it. */
export function toolCoverage(): UnifiedSchemas['Tool']['coverage'] {
  return {
    read_models: [...readModels],
    write_actions: [...writeActions],
    features: features.map(({ id, label }) => ({ id, label, coverage_status: 'SUPPORTED' })),
  };
}

function fieldsOf({ columns, derivedColumns, internalColumns, owner }: Model): string[] {
  const own = Object.keys({ ...columns, ...derivedColumns }).filter(
    (name) => !internalColumns.includes(name),
  );
  // A part of a record has no id of its own at Gem.
  const remoteId = owner === undefined ? ['remote_id'] : [];
  return ['id', ...remoteId, 'changed_at', 'remote_deleted_at', ...own];
}

/** What the connector can do besides reading models and performing actions. Only the first id is Kombo's own (kombo-unified-api §4.1). */
export const features: readonly { id: string; label: string }[] = [
  { id: 'automatic_source_writing', label: 'Source Writing' },
  { id: 'sync_only_created_applications', label: 'Sync Only Created Applications' },
  { id: 'connection_guide', label: 'Connection Guide' },
  { id: 'create_credentials', label: 'Create credentials' },
  { id: 'api_passthrough', label: 'API Passthrough' },
  { id: 'delta_syncs', label: 'Delta Syncs' },
];

// The actions and their inputs, read off the description: `x-action` names an action, `x-input` an input that is called
// otherwise in the coverage, and `x-covered: false` one that Gem has no place for.

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
function describedActions(): DescribedAction[] {
  return [...unifiedDescription.operations.values()].flatMap((operation) => {
    const action = read(documentAt(['paths', operation.path, operation.method]), 'x-action');
    const [id, label] = [read(action, 'id'), read(action, 'label')];
    return typeof id === 'string' && typeof label === 'string' ? [{ id, label, operation }] : [];
  });
}

/** The inputs of an action: what is named in its path, then what its body may hold. */
function actionInputs({ path, method, body }: Operation): ActionInput[] {
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
