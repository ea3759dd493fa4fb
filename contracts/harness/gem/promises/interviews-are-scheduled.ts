import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { oneOfWords, ours } from '../shown.ts';
import { write } from '../writing.ts';

export default {
  statement: 'an interview that a stage defines is scheduled, moved to another time, and cancelled',
  evidence: evidence('C', 'Harvest; write calls not seen (facts §2.1 #30)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect, unseen }) {
    unseen('no stage of the job defines an interview');
    const { jobId, applicationId } = await gem.people.another();
    const stages = await write<GemSchemas['JobStage'][]>(gem, 'listStagesOfJob', 200, {
      path: { job_id: jobId },
    });
    const kind = stages
      .flatMap(({ interviews }) => interviews)
      .find(({ deleted_at: deletedAt }) => deletedAt === null);
    if (!kind) return;
    const user_id = gem.people.userId();
    const body = {
      user_id,
      application_id: applicationId,
      interview_id: kind.id,
      external_event_id: `mock-gem-${applicationId}`,
      start: '2099-01-01T09:00:00.000Z',
      end: '2099-01-01T10:00:00.000Z',
      interviewers: [{ user_id, response_status: 'needs_action' }],
    };
    const made = await write<GemSchemas['ScheduledInterview']>(gem, 'createScheduledInterview', 201, {
      body,
    });
    const words = ['scheduled', 'awaiting_feedback', 'complete'];
    expect('createScheduledInterview', 'status', ours('scheduled'), oneOfWords(made.status, words));
    expect('createScheduledInterview', 'the kind', true, made.interview.id === kind.id);
    const path = { interview_id: made.id };
    const end = '2099-01-01T11:00:00.000Z';
    const moved = await write<GemSchemas['ScheduledInterview']>(gem, 'updateScheduledInterview', 200, {
      path,
      body: { user_id, end },
    });
    expect('updateScheduledInterview', 'end', true, Date.parse(moved.end.date_time) === Date.parse(end));
    await write(gem, 'deleteScheduledInterview', 204, { path });
    const { status } = await gem.call('getScheduledInterview', { path });
    expect('getScheduledInterview when cancelled', 'status', 404, status);
  },
} satisfies GemPromise;
