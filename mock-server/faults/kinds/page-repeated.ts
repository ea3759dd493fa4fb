import { pageOf } from '../../requests/matcher.ts';
import type { FaultKind } from '../fault.ts';

/** The page before the one that was asked for comes once more, as it would be answered now. */
export const pageRepeated: FaultKind<'page_repeated'> = () => ({
  concerns: (request) => (pageOf(request) ?? 1) > 1,
  strike: (request, proceed) => proceed({ page: (pageOf(request) ?? 1) - 1 }),
});
