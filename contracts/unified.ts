import type { components, operations } from './generated/unified.ts';
import document from './generated/unified.json' with { type: 'json' };
import { readDescription } from './description.ts';

/** The unified API as the connector serves it. */
export const unifiedDescription = readDescription('unified', document);

export type UnifiedOperations = operations;
export type UnifiedSchemas = components['schemas'];
