// Records of a megabyte, by the hundred on a page. DEEP=1 reads as many as a page of Gem's can hold in a moment.
import { expect, test } from 'vitest';
import { toJsonArrays } from '../../../connector/store/storable.ts';
import { useStore } from '../../support/connected.ts';
import { jobRecord, postRecord } from '../../support/gem-records.ts';
import { startStubGem } from '../../support/stub-gem.ts';

const { connect } = useStore();
const postings = process.env['DEEP'] ? 240 : 4;

test(`${postings} postings of a megabyte are stored whole`, async () => {
  const text = 'x'.repeat(1_000_000);
  const ids = Array.from({ length: postings }, (_, index) => `post-${index}`);
  const stub = await startStubGem({
    listJobs: [jobRecord('job-1')],
    listJobPosts: ids.map((id) => postRecord(id, 'job-1', { content: id + text })),
  });
  stub.pageSize = 500;
  const { sync, rows } = await connect(stub);
  expect(await sync()).toMatchObject({ state: 'SUCCEEDED', problem: null });
  const stored = await rows('ats_job_postings');
  expect(
    new Set(
      stored.map(({ remote_id, description_html }) => `${remote_id} ${String(description_html).length}`),
    ),
  ).toEqual(new Set(ids.map((id) => `${id} ${id.length + text.length}`)));
}, 600_000);

test('what a statement is given is cut between two values, and nothing of it is lost', () => {
  const values = [1, 'a'.repeat(3_000_000), 2, 'b'.repeat(3_000_000), 'c'.repeat(9_000_000), 3, null];
  const arrays = toJsonArrays(values);
  expect(arrays.flatMap((text) => JSON.parse(text))).toEqual(values);
  expect(arrays.map(({ length }) => Math.round(length / 1e6))).toEqual([3, 3, 9, 0]);
  expect(toJsonArrays([])).toEqual([]);
});
