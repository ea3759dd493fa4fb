import type { UnifiedSchemas } from '../../contracts/unified.ts';

/** The answer of an action that has nothing to show (kombo-unified-api §1.2). */
export function done(warnings: readonly string[]): UnifiedSchemas['DoneAnswer'] {
  return { status: 'success', data: {}, warnings: toWarnings(warnings) };
}

/** What was asked for and could not be done, as answers tell it. */
export function toWarnings(messages: readonly string[]): UnifiedSchemas['Warnings'] {
  return messages.map((message) => ({ message }));
}
