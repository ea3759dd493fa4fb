import type { Kind } from './kind.ts';
import { schedule } from './kinds/schedule.ts';
import { sync } from './kinds/sync.ts';

/** Every kind of background work. */
export const kinds: readonly Kind[] = [schedule, sync];
