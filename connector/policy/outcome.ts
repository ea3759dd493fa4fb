import type { UnifiedSchemas } from '../../contracts/unified.ts';

/** How an application ended, PENDING while it runs; null when Gem's word for it is not known (kombo-unified-api §5.7). */
export function outcomeOf(status: string | undefined): UnifiedSchemas['Outcome'] {
  return outcomes.get(status) ?? null;
}

const outcomes: ReadonlyMap<string | undefined, UnifiedSchemas['Outcome']> = new Map([
  ['active', 'PENDING'],
  ['hired', 'HIRED'],
  ['rejected', 'DECLINED'],
]);
