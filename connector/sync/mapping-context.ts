import type { MappingContext } from '../models/model.ts';
import type { Integration } from '../store/queries/integrations.ts';

/** What the mapping needs to know of an integration. */
export function contextOf({ id, jobBoardVanity, isRemoteDataEnabled }: Integration): MappingContext {
  return { integrationId: id, jobBoardVanity, isRemoteDataEnabled };
}
