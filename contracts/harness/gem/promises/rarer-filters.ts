// Promises about filters that a single list has, by name.
import { expectAfter, expectBefore, expectExact } from '../filter-checks.ts';
import { evidence, type GemPromises } from '../promise.ts';

export default {
  'actionable-interviews': {
    statement:
      'actionable=true shows exactly the interviews that are not complete and whose application is active',
    evidence: evidence('C', 'name typed by a client; meaning from Harvest (gem-ats-api §2.2)'),
    async check(gem, { expect, skip }) {
      skip('no interview that was read belongs to an application that was read');
      const { read, pageSize, placeOf } = gem.list('listScheduledInterviews');
      const all = await read({ [pageSize.name]: pageSize.max });
      const found = await read({ actionable: 'true', [pageSize.name]: pageSize.max });
      if (all.length === pageSize.max) return;
      const place = placeOf('actionable');
      const complete = found.filter(({ status }) => status === 'complete');
      expect('listScheduledInterviews', 'complete ones that are actionable', 0, complete.length, place);
      const active = new Map(
        gem.records('listApplications').map(({ id, status }) => [id, status === 'active']),
      );
      const isWanted = (row: (typeof all)[number]) =>
        row['status'] !== 'complete' && active.get(String(row['application_id']));
      const known = all.filter((row) => active.has(String(row['application_id'])));
      const wrong = known.filter((row) => isWanted(row) !== found.some(({ id }) => id === row['id']));
      if (known.length > 0) expect('listScheduledInterviews', 'wrong ones', 0, wrong.length, place);
    },
  },

  'filters-of-custom-fields': {
    statement: 'scope, project_id, is_hidden and name show exactly the fields of the CRM that have them',
    evidence: evidence('A', "Gem's CRM reference (gem-ats-api §7)"),
    async check(gem, notes) {
      const fields = gem.list('listCrmCustomFields');
      for (const name of ['scope', 'project_id', 'is_hidden', 'name'])
        await expectExact(notes, fields, name, (row) => [row[name]]);
    },
  },

  'jobs-by-opening': {
    statement: "opening_id shows exactly the jobs that have an opening with this text of the team's own",
    evidence: evidence('C', 'Harvest (gem-ats-api §2.2)'),
    async check(gem, { expect, skip }) {
      skip('no job with an opening was read');
      const openings = gem.lists().find(({ operation }) => operation.id === 'listOpeningsOfJob');
      const text = openings?.rows.map((row) => row['opening_id']).find((one) => typeof one === 'string');
      const { read, placeOf } = gem.list('listJobs');
      if (!openings || typeof text !== 'string') return;
      const found = await read({ opening_id: text });
      const itself = found.some(({ id }) => id === openings.path['job_id']);
      expect('listJobs', 'the job of the opening', true, itself, placeOf('opening_id'));
      const none = await read({ opening_id: 'mock-gem-no-such-opening' });
      expect('listJobs', 'jobs with an opening that there is not', 0, none.length, placeOf('opening_id'));
    },
  },

  'offers-by-day': {
    statement:
      'sent_after, sent_before, starts_after and starts_before show offers by their days, the day itself only with after',
    evidence: evidence('C', 'Harvest (gem-ats-api §2.2)'),
    async check(gem, notes) {
      const offers = { ...gem, lists: () => [gem.list('listOffers')] };
      await expectAfter(offers, notes, { parameter: 'sent_after', of: ({ sent_at: day }) => day });
      await expectBefore(offers, notes, { parameter: 'sent_before', of: ({ sent_at: day }) => day });
      await expectAfter(offers, notes, { parameter: 'starts_after', of: ({ starts_at: day }) => day });
      await expectBefore(offers, notes, { parameter: 'starts_before', of: ({ starts_at: day }) => day });
    },
  },
} satisfies GemPromises;
