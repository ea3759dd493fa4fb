import type { CloseReasonRecord } from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes the close reasons that every Gem account starts with (gem-ats-api §9). */
export function makeCloseReasons(kit: Kit): CloseReasonRecord[] {
  return ['Cancelled', 'Filled', 'On hold'].map((name) => ({
    id: kit.identifiers.next('close_reason'),
    name,
    created_at: kit.ago(1000),
    deleted_at: null,
  }));
}
