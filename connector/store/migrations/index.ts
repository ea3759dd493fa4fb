import type { Migration } from 'kysely/migration';
import * as initial from './0001-initial.ts';
import * as work from './0002-work.ts';
import * as deltaSyncs from './0003-delta-syncs.ts';
import * as actions from './0004-actions.ts';
import * as general from './0005-general.ts';
import * as webhooks from './0006-webhooks.ts';
import * as dataExpiry from './0007-data-expiry.ts';
import * as drift from './0008-drift.ts';
import * as whatListsShow from './0009-what-lists-show.ts';
import * as pendingCreations from './0010-pending-creations.ts';
import * as changes from './0011-changes.ts';
import * as keyCheck from './0012-key-check.ts';

/** Every migration by name, in order. A migration that was released is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-initial': initial,
  '0002-work': work,
  '0003-delta-syncs': deltaSyncs,
  '0004-actions': actions,
  '0005-general': general,
  '0006-webhooks': webhooks,
  '0007-data-expiry': dataExpiry,
  '0008-drift': drift,
  '0009-what-lists-show': whatListsShow,
  '0010-pending-creations': pendingCreations,
  '0011-changes': changes,
  '0012-key-check': keyCheck,
};
