// The scope config of an environment, and what customers do not want of it (kombo-unified-api §4.9). How it is set is ours.
import { toInstant } from '../../../contracts/clock.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { readModels, writeActions } from '../../actions/coverage.ts';
import type { Services } from '../../actions/services.ts';
import { invalidInput } from '../../errors.ts';
import { komboId } from '../../identifiers.ts';
import { isOptedOut, settingOf } from '../../policy/scope.ts';
import type { Integration } from '../../store/queries/integrations.ts';
import {
  readScopeConfig,
  saveOptOuts,
  saveScopeConfig,
  type ScopeConfig,
} from '../../store/queries/scope.ts';

/** `GET /scope-config` */
export async function showScopeConfig(
  { database }: Pick<Services, 'database'>,
  environmentId: string,
): Promise<UnifiedSchemas['ScopeConfigAnswer']> {
  const config = await readScopeConfig(database, environmentId);
  const { settings } = config;
  return { status: 'success', data: { id: scopeConfigIdOf(environmentId), name: nameOf(config), settings } };
}

/**
 * `PUT /scope-config`
 *
 * @throws UnifiedProblem when a part is not known, or is always on
 */
export async function setScopeConfig(
  services: Pick<Services, 'database' | 'clock'>,
  environmentId: string,
  { name = null, settings }: UnifiedSchemas['ScopeConfigBody'],
): Promise<UnifiedSchemas['ScopeConfigAnswer']> {
  for (const part of Object.keys(settings)) {
    if (parts.has(part)) continue;
    throw invalidInput(
      isAlwaysOn(part)
        ? `body settings.${part} cannot be set: it tells what a record is, and is always on.`
        : `body settings.${part} is no model, field or action; name one as GET /integrations/{id} does, a field behind its model and a dot.`,
    );
  }
  const set = Object.fromEntries(Object.entries(settings).filter(([, setting]) => setting !== 'ENABLED'));
  const at = toInstant(services.clock.now());
  await saveScopeConfig(services.database, { environmentId, name, settings: set, at });
  return showScopeConfig(services, environmentId);
}

/**
 * `PUT /integrations/{id}/opt-outs`
 *
 * @throws UnifiedProblem when a part is not optional
 */
export async function setOptOuts(
  { database, clock }: Pick<Services, 'database' | 'clock'>,
  { id, scope }: Integration,
  { parts: given }: UnifiedSchemas['OptOutsBody'],
): Promise<void> {
  for (const [index, part] of given.entries()) {
    if (settingOf(scope, part) === 'OPTIONAL') continue;
    throw invalidInput(
      `body parts[${index}] is not optional in the scope config, so nobody can opt out of it.`,
    );
  }
  const optedOut = [...new Set(given)].toSorted();
  await saveOptOuts(database, { id, scope, optedOut, at: toInstant(clock.now()) });
}

/** What an integration says of each of its parts. */
export function scopeOf({ scope }: Pick<Integration, 'scope'>, part: string) {
  const setting = settingOf(scope, part);
  const hasOptedOut = isOptedOut(scope, part);
  return {
    is_available: setting !== 'DISABLED' && !hasOptedOut,
    scope_config_setting: setting,
    opted_out_by_customer: hasOptedOut,
  };
}

/** The id of an environment's one scope config (kombo-unified-api §4.9). */
export function scopeConfigIdOf(environmentId: string): string {
  return komboId(environmentId, 'scope-config');
}

/** What a scope config is called that nobody gave a name. */
export function nameOf({ name, settings }: ScopeConfig): string {
  return name ?? (Object.keys(settings).length === 0 ? 'Everything' : 'Not everything');
}

/** What can be switched off, with each field behind its model. */
const parts: ReadonlySet<string> = new Set(
  [
    readModels.map(({ id }) => id),
    readModels.flatMap(({ id, fields }) => fields.map((field) => `${id}.${field.id}`)),
    writeActions.map(({ id }) => id),
  ]
    .flat()
    .filter((part) => !isAlwaysOn(part)),
);

/** Without it, a record could not be told, or not be joined. */
function isAlwaysOn(part: string): boolean {
  return /^ats_\w+\.(?:id|remote_id|changed_at|remote_deleted_at)$|^ats_join_\w+\.\w+_id$/.test(part);
}
