import type { components, operations } from './generated/unified.ts';
import document from './generated/unified.json' with { type: 'json' };
import { readDescription } from './description.ts';

/** The unified API as the connector serves it. */
export const unifiedDescription = readDescription('unified', document);

/** The key of the API in development. It opens nothing but made-up data, so it is no secret. */
export const developmentApiKey = 'mock-gem-connector-development-key';

export type UnifiedOperations = operations;
export type UnifiedSchemas = components['schemas'];
