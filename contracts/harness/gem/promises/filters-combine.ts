import type { Query } from '../caller.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a record has to pass every filter that it is asked for',
  evidence: evidence('B', 'a client combines job and status (facts §1.6)'),
  group: 'filters',
  async check(gem, { expect, unseen }) {
    unseen('no two jobs have applications in two statuses');
    const applications = gem.records('listApplications');
    // Both filters have to leave something out, or one of them could be ignored.
    const one = applications.find(
      ({ jobs, status }) =>
        applications.some((other) => other.jobs[0]?.id === jobs[0]?.id && other.status !== status) &&
        applications.some((other) => other.jobs[0]?.id !== jobs[0]?.id && other.status === status),
    );
    const jobId = one?.jobs[0]?.id;
    if (!one || jobId === undefined) return;
    const { read, size } = gem.list('listApplications');
    const query: Query = { job_id: jobId, status: one.status, [size.name]: size.most };
    // The list is the one whose records these are.
    const found = (await read(query)) as unknown as typeof applications;
    const others = found.filter(({ jobs, status }) => jobs[0]?.id !== jobId || status !== one.status);
    expect('listApplications', 'records that pass only one', 0, others.length);
    expect(
      'listApplications',
      'the record itself',
      true,
      found.some(({ id }) => id === one.id) || found.length === size.most,
    );
  },
} satisfies GemPromise;
