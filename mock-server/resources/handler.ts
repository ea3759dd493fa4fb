import type { Handlers } from '../../contracts/mount.ts';
import type { GemOperations } from '../../contracts/gem.ts';
import type { World } from '../world.ts';

/** The handler of one Gem operation. */
export type GemHandler<Id extends keyof GemOperations> = Handlers<GemOperations, World>[Id];
