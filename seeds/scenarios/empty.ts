import {
  makeCloseReasons,
  makeRejectionReasons,
  defaultSources,
  makeSources,
  makeUser,
} from '../factories/organisation.ts';
import { createKit } from '../factories/kit.ts';
import { Identifiers } from '../identifiers.ts';
import { noRecords, type Scenario, labelByName } from '../scenario.ts';

/** A Gem account on its first day. */
export const emptyScenario: Scenario = {
  name: 'empty',
  purpose: 'an account on its first day: one admin and the default sources, no job and no candidate',
  parameters: [],
  rules: [],
  build({ seed, anchor }) {
    const kit = createKit(seed, anchor);
    const records = noRecords();
    const admin = makeUser(kit, 'first-day.example', {
      first_name: 'Only',
      last_name: 'Admin',
      site_admin: true,
    });
    records.users.push(admin);
    records.sources.push(...makeSources(kit, defaultSources));
    records.rejection_reasons.push(...makeRejectionReasons(kit));
    records.close_reasons.push(...makeCloseReasons(kit));
    return {
      company: { name: 'First Day', vanity: 'first-day' },
      records,
      identifiers: kit.identifiers,
      labels: {
        admin: { resource: 'users', id: admin.id },
        ...labelByName('sources', records.sources),
        ...labelByName('rejection_reasons', records.rejection_reasons),
        ...labelByName('close_reasons', records.close_reasons),
      },
      timeline: [],
    };
  },
};

/** What the file of a whole world starts from. */
export const nothingScenario: Scenario = {
  name: 'nothing',
  purpose: 'not even an admin: for files that tell an account whole',
  parameters: [],
  rules: [],
  build: ({ seed }) => ({
    company: { name: 'Nothing', vanity: 'nothing' },
    records: noRecords(),
    identifiers: new Identifiers(seed),
    labels: {},
    timeline: [],
  }),
};
