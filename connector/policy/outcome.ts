import type { GemSchemas } from '../../contracts/gem.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';

/** How an application ended, PENDING while it runs (kombo-unified-api §5.7). */
export function outcomeOf(status: GemSchemas['ApplicationStatus']): UnifiedSchemas['Outcome'] {
  return outcomes[status];
}

const outcomes = {
  active: 'PENDING',
  hired: 'HIRED',
  rejected: 'DECLINED',
} as const satisfies Record<GemSchemas['ApplicationStatus'], UnifiedSchemas['Outcome']>;
