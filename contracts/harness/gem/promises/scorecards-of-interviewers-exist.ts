import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'the scorecard that an interviewer names can be read, and is about the same application',
  evidence: evidence('B', 'a client counts the empty ones (facts §3.7)'),
  group: 'records',
  async check(gem, { expect, unseen }) {
    unseen('no interviewer has handed in a scorecard');
    const named = gem
      .records('listScheduledInterviews')
      .flatMap(({ application_id, interviewers }) =>
        interviewers.map(({ scorecard_id }) => ({ application_id, scorecard_id })),
      );
    for (const { application_id: applicationId, scorecard_id: scorecardId } of named) {
      if (scorecardId === null) continue;
      const { status, body } = await gem.call('getScorecard', {
        path: { scorecard_id: scorecardId },
        query: { include_deleted: 'true' },
      });
      if (!expect('getScorecard', 'status', 200, status)) return;
      const isSame = (body as { application_id: unknown }).application_id === applicationId;
      expect('getScorecard', 'the same application', true, isSame);
      // One is enough: each costs a request.
      return;
    }
  },
} satisfies GemPromise;
