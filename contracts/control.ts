import type { components, operations } from './generated/control.ts';
import document from './generated/control.json' with { type: 'json' };
import { readDescription } from './description.ts';

/** The emulator's own API, by which tests steer it. */
export const controlDescription = readDescription('control', document);

export type ControlOperations = operations;
export type ControlSchemas = components['schemas'];
