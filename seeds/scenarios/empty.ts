import { makeCloseReasons } from '../factories/close-reason.ts';
import { createKit } from '../factories/kit.ts';
import { makeRejectionReasons } from '../factories/rejection-reason.ts';
import { defaultSources, makeSources } from '../factories/source.ts';
import { makeUser } from '../factories/user.ts';
import { noRecords, type Scenario } from '../scenario.ts';

/** A Gem account on its first day. */
export const emptyScenario: Scenario = {
  name: 'empty',
  purpose: 'an account on its first day: one admin and the default sources, no job and no candidate',
  build({ seed, anchor }) {
    const kit = createKit(seed, anchor);
    const records = noRecords();
    records.users.push(
      makeUser(kit, 'first-day.example', { first_name: 'Only', last_name: 'Admin', site_admin: true }),
    );
    records.sources.push(...makeSources(kit, defaultSources));
    records.rejection_reasons.push(...makeRejectionReasons(kit));
    records.close_reasons.push(...makeCloseReasons(kit));
    return { company: { name: 'First Day', vanity: 'first-day' }, records, identifiers: kit.identifiers };
  },
};
