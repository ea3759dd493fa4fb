import type { components, operations } from './generated/unified.ts';
import document from './generated/unified.json' with { type: 'json' };
import { readDescription } from './description.ts';

/** The unified API as the connector serves it. */
export const unifiedDescription = readDescription('unified', document);

/** The key of the API in development. It opens nothing but made-up data, so it is no secret. */
export const developmentApiKey = 'mock-gem-connector-development-key';

/** What callers ask for; the events, whose ids begin with `on`, are sent to them. */
export type UnifiedOperations = Omit<operations, Extract<keyof operations, `on${string}`>>;
export type UnifiedSchemas = components['schemas'];
