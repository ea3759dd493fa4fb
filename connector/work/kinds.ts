import type { Kind } from './kind.ts';
import { cleanUp } from './kinds/clean-up.ts';
import { deliver } from './kinds/deliver.ts';
import { finishCreations } from './kinds/finish-creations.ts';
import { outbox } from './kinds/outbox.ts';
import { schedule } from './kinds/schedule.ts';
import { sync } from './kinds/sync.ts';

/** Every kind of background work. */
export const kinds: readonly Kind[] = [schedule, sync, outbox, deliver, finishCreations, cleanUp];
