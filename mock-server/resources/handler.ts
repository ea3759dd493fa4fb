import type { OperationAnswer, OperationRequest } from '../../contracts/server/mount.ts';
import type { GemOperations } from '../../contracts/gem.ts';
import type { World } from '../world/world.ts';

/**
 * The handler of one Gem operation. It does its work before it returns, so that no other request sees a world half
 * changed; and it checks everything before it writes anything.
 */
export type GemHandler<Id extends keyof GemOperations> = (
  request: OperationRequest<GemOperations[Id]>,
  world: World,
) => OperationAnswer<GemOperations[Id]>;
