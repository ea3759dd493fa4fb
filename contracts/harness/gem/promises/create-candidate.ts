import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'creating a candidate answers with the candidate and one active application to the job',
  evidence: evidence('C', 'Harvest and framework default (facts §5.1)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect, remark }) {
    const body = await gem.people.body();
    const { answer, candidate } = await gem.people.create(body);
    if (!expect('createCandidate', 'status', 201, answer.status) || !candidate) return;
    const [application] = candidate.applications;
    expect('createCandidate', 'applications', 1, candidate.applications.length);
    expect('createCandidate', 'the job', true, application?.jobs[0]?.id === body.job_id);
    expect('createCandidate', 'an active application', true, application?.status === 'active');
    expect(
      'createCandidate',
      'the candidate of the application',
      true,
      application?.candidate_id === candidate.id,
    );
    remark('the made-up candidate is deleted in the end');
  },
} satisfies GemPromise;
