import type { components, operations } from './generated/gem.ts';
import document from './generated/gem.json' with { type: 'json' };
import { readDescription } from './description.ts';

/** Gem's APIs as this project emulates and calls them. */
export const gemDescription = readDescription('gem', document);

export type GemOperations = operations;
/** The id of an operation of Gem's APIs. */
export type GemOperationId = keyof operations;
export type GemSchemas = components['schemas'];
