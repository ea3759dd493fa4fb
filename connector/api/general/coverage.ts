// What is covered: the models' own columns, and the inputs of the actions as the description has them. Whoever adds a
// column or an input has added it here too.
import { models } from '../../models/index.ts';
import type { Model } from '../../models/model.ts';
import { actionInputs, describedActions } from './described-actions.ts';
import { features } from './features.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';

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
