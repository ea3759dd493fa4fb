import { routeOf, type ListingName } from './listings.ts';
import type { MappingContext } from './model.ts';

/** Makes the rule that fills `remote_data`: Gem's record under its route, if that is switched on (kombo-unified-api §5.5). */
export function remoteData(
  listing: ListingName,
): (record: object, context: MappingContext) => Record<string, object> | null {
  const route = routeOf(listing);
  return (record, { isRemoteDataEnabled }) => (isRemoteDataEnabled ? { [route]: record } : null);
}
