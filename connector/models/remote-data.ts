import { routeOf, type ListingName } from './listings.ts';
import type { MappingContext } from './model.ts';

/** Makes the rule that fills `remote_data`: Gem's record under its route, if that is switched on (kombo-unified-api §5.5). */
export function remoteData(
  listing: ListingName,
): (record: { raw: object }, context: MappingContext) => Record<string, object> | null {
  const route = routeOf(listing);
  return ({ raw }, { isRemoteDataEnabled }) => (isRemoteDataEnabled ? { [route]: raw } : null);
}
