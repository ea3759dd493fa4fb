import type { components, operations } from './generated/unified.ts';
import document from './generated/unified.json' with { type: 'json' };
import { readDescription } from './description.ts';

/** The unified API as the connector serves it. */
export const unifiedDescription = readDescription('unified', document);

/** What callers ask for; the events, whose ids begin with `on`, are sent to them. */
export type UnifiedOperations = Omit<operations, Extract<keyof operations, `on${string}`>>;
export type UnifiedSchemas = components['schemas'];
