// Promises about lists that have to agree with one another, by name.
import { namedElsewhere, singles } from '../deleted-records.ts';
import { isDeepStrictEqual } from 'node:util';
import { agrees, sameWord } from '../outcome.ts';
import { wasChanged } from '../same-answer.ts';
import { evidence, type GemPromises } from '../promise.ts';

export default {
  'lists-below-a-record': {
    statement:
      'the list below an application or a job has exactly those records of the whole list that name it, as they are there',
    evidence: evidence('C', 'Harvest (gem-ats-api §2.1)'),
    async check(gem, { expect, unseen }) {
      for (const [below, whole, field] of belowRecords) {
        const own = gem.everyList().find(({ operation }) => operation.id === below);
        const all = await gem.list(whole).read({ per_page: 500 });
        if (!own || all.length === 500) {
          unseen(below, own ? 'the whole list is longer than a page' : 'it showed nothing');
          continue;
        }
        const wanted = all.filter((row) => row[field] === own.path[field]);
        const shown = await own.read({ per_page: 500 });
        const missing = wanted.filter(({ id }) => !shown.some((row) => row['id'] === id));
        expect(below, 'records that are missing', 0, missing.length);
        const others = shown.filter(({ id }) => !wanted.some((row) => row['id'] === id));
        expect(below, 'records of others', 0, others.length);
        for (const row of shown) {
          const same = wanted.find(({ id }) => id === row['id']);
          if (same && !wasChanged(same, row))
            expect(below, 'a record', sameWord, agrees(isDeepStrictEqual(same, row)));
        }
      }
    },
  },

  'named-records-are-listed': {
    statement: 'a record that others name, and that can be read by its id, stands in its list',
    evidence: evidence('B', 'clients join lists by their ids (gem-ats-api §1.7)'),
    async check(gem, { expect, unseen }) {
      for (const single of singles) {
        const [list, operation, parameter] = single;
        const rows = await gem.list(list).read({ per_page: 500 });
        const named = namedElsewhere(gem, single);
        if (named.length === 0 || rows.length === 500) {
          unseen(list, named.length === 0 ? 'nothing names its records' : 'it is longer than a page');
          continue;
        }
        const unlisted = named.filter((id) => !rows.some((row) => row['id'] === id));
        let leftOut = 0;
        // What was deleted is named too, and cannot be read. A few are enough: each costs a request.
        for (const id of unlisted.slice(0, 5)) {
          if ((await gem.call(operation, { path: { [parameter]: id } })).status === 200) leftOut += 1;
        }
        expect(list, 'records that it leaves out', 0, leftOut);
      }
    },
  },

  'reasons-are-those-of-the-list': {
    statement: 'the reason of a rejection stands in the list of reasons, under the same name',
    evidence: evidence('C', 'Harvest (gem-ats-api §2.1)'),
    async check(gem, { expect, skip }) {
      skip('no rejection has a reason');
      const all = await gem.list('listRejectionReasons').read({ include_deleted: 'true', per_page: 500 });
      const used = gem.records('listApplications').flatMap(({ rejection_reason: reason }) => reason ?? []);
      const isListed = ({ id, name }: (typeof used)[number]) =>
        all.some((row) => row['id'] === id && row['name'] === name);
      if (used.length > 0)
        expect(
          'listRejectionReasons',
          'reasons that are missing',
          0,
          used.filter((one) => !isListed(one)).length,
        );
    },
  },
} satisfies GemPromises;

const belowRecords = [
  ['listOffersOfApplication', 'listOffers', 'application_id'],
  ['listScorecardsOfApplication', 'listScorecards', 'application_id'],
  ['listInterviewsOfApplication', 'listScheduledInterviews', 'application_id'],
  ['listStagesOfJob', 'listJobStages', 'job_id'],
  ['listJobPostsOfJob', 'listJobPosts', 'job_id'],
] as const;
