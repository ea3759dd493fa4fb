import { actionInputs, describedActions } from './described-actions.ts';
import { models } from '../../models/index.ts';
import type { Model } from '../../models/model.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';

// What is covered: the models' own columns, and the inputs of the actions as the description has them. Whoever adds a
// column or an input has added it here too.

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
