import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { models } from '../../../connector/models/index.ts';
import type { Model } from '../../../connector/models/model.ts';
import { records } from '../../support/arbitraries/records.ts';
import { rowsOf } from './support/mapping.ts';

const whole = models.filter(({ columns }) => 'remote_data' in columns) as readonly Model[];

/** Where Gem lists each kind of record (gem-ats-api §2.1). */
const routes: Record<string, string> = {
  ats_users: '/users/',
  ats_jobs: '/jobs/',
  ats_job_postings: '/job_posts/',
  ats_candidates: '/candidates/',
  ats_application_stages: '/job_stages/',
  ats_applications: '/applications/',
  ats_interviews: '/scheduled_interviews/',
};

test('every model but the joins can carry the record that its row was made of', () => {
  expect(whole.map(({ name }) => name).toSorted()).toEqual(Object.keys(routes).toSorted());
});

// A candidate's files are a matter of their own.
const untouched = whole.filter(({ name }) => name !== 'ats_candidates');

test.each(untouched)("$name carries Gem's record under its route, where that is switched on", (model) => {
  fc.assert(
    fc.property(records[model.listing], (record) => {
      const rows = rowsOf(model, record, { isRemoteDataEnabled: true });
      expect(rows.map((row) => row['remote_data'])).toEqual([{ [routes[model.name] ?? '']: record }]);
    }),
  );
});

test.each(whole)('$name carries nothing where that is switched off', (model) => {
  fc.assert(
    fc.property(records[model.listing], (record) => {
      expect(rowsOf(model, record).map((row) => row['remote_data'])).toEqual([null]);
    }),
  );
});
