// The scope config of an environment: which models, fields and actions are on, optional or off (kombo-unified-api §4.9).
import type { ModelName } from '../../contracts/coverage.ts';

/** Whether a part is read or done at all; of what is optional, each customer decides. */
export type ScopeSetting = 'ENABLED' | 'OPTIONAL' | 'DISABLED';

/** What an environment says, and what the customer of an integration does not want. */
export interface Scope {
  /** By the name of a model (`ats_jobs`), of one of its fields (`ats_jobs.name`), or of an action. What is left out is on. */
  settings: Readonly<Record<string, ScopeSetting>>;
  optedOut: readonly string[];
}

/** Where nothing was said. */
export const wholeScope: Scope = { settings: {}, optedOut: [] };

/** @returns the setting of a model, field or action itself */
export function settingOf({ settings }: Pick<Scope, 'settings'>, part: string): ScopeSetting {
  return settings[part] ?? 'ENABLED';
}

/** Whether the customer has opted out; it counts only while the part is optional. */
export function isOptedOut(scope: Scope, part: string): boolean {
  return settingOf(scope, part) === 'OPTIONAL' && scope.optedOut.includes(part);
}

/** Whether a model, field or action is off. */
export function isOff(scope: Scope, part: string): boolean {
  return settingOf(scope, part) === 'DISABLED' || isOptedOut(scope, part);
}

/** The parts that are off, in an order that is always the same. */
export function offParts(scope: Scope): string[] {
  return Object.keys(scope.settings)
    .filter((part) => isOff(scope, part))
    .toSorted();
}

/** The columns of a model that are off. */
export function offColumns(scope: Scope, model: ModelName): string[] {
  const before = `${model}.`;
  return offParts(scope).flatMap((part) => (part.startsWith(before) ? [part.slice(before.length)] : []));
}
