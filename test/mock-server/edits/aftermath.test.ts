import { describe, expect, test } from 'vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { applyEdits } from '../../../mock-server/edits/apply-edits.ts';
import { read } from '../../support/gem.ts';
import { jobNamed, setScene } from '../lifecycle/support.ts';
import { editLater, later } from './support.ts';

describe('a job', () => {
  test('that is closed takes its posts off and closes its openings, with the reason', async () => {
    const scene = await setScene();
    const { id } = jobNamed(scene, 'Senior Backend Engineer');
    const reason = scene.find('close_reasons').id;
    editLater(scene, { do: 'close', resource: 'jobs', record: id, reason });
    const posts = await read<GemSchemas['JobPost'][]>(scene.gem, `/ats/v0/jobs/${id}/job_posts`);
    expect(posts.map(({ live }) => live)).toEqual(posts.map(() => false));
    // One of them was off already: nothing happened to it.
    expect(posts.filter(({ updated_at }) => updated_at === later)).toHaveLength(2);
    const openings = await read<GemSchemas['Opening'][]>(scene.gem, `/ats/v0/jobs/${id}/openings`);
    expect(openings).toMatchObject([{ status: 'closed', closed_at: later }]);
    expect(scene.find('openings', ({ job_id }) => job_id === id).close_reason_id).toBe(reason);
  });

  test('that is closed by changing its status is closed all the same', async () => {
    const scene = await setScene();
    const { id } = jobNamed(scene, 'Senior Backend Engineer');
    editLater(scene, { do: 'change', resource: 'jobs', record: id, set: { status: 'closed' } });
    expect(await read(scene.gem, `/ats/v0/jobs/${id}`)).toMatchObject({ status: 'closed', closed_at: later });
    expect(await read(scene.gem, `/ats/v0/jobs/${id}/job_posts?live=true`)).toEqual([]);
    expect(await read(scene.gem, `/ats/v0/jobs/${id}/openings?status=open`)).toEqual([]);
  });

  test('that is opened for the first time has the time of its opening', async () => {
    const scene = await setScene();
    const { id } = jobNamed(scene, 'Data Analyst (draft)');
    editLater(scene, { do: 'change', resource: 'jobs', record: id, set: { status: 'open' } });
    expect(await read(scene.gem, `/ats/v0/jobs/${id}`)).toMatchObject({ status: 'open', opened_at: later });
  });

  test('is made with the usual stages, and a new post of it stays off where it is confidential', async () => {
    const scene = await setScene();
    const [job, post] = editLater(
      scene,
      { do: 'create', resource: 'jobs', as: 'cto', set: { name: 'CTO', confidential: true } },
      { do: 'create', resource: 'job_posts', set: { job_id: 'cto' } },
    );
    expect(job).toMatchObject({ label: 'cto' });
    const path = `/ats/v0/jobs/${job?.id}`;
    expect(await read(scene.gem, path)).toMatchObject({ name: 'CTO', created_at: later, opened_at: later });
    const stages = await read<GemSchemas['JobStage'][]>(scene.gem, `${path}/stages`);
    expect(stages.map(({ name, priority }) => [priority, name]).slice(0, 2)).toEqual([
      [0, 'Application Review'],
      [1, 'Recruiter Screen'],
    ]);
    expect(await read(scene.gem, `/ats/v0/job_posts/${post?.id}`)).toMatchObject({
      live: false,
      first_published_at: null,
    });
  });

  test('gets its stages in the order that is given, the others behind them', async () => {
    const scene = await setScene();
    const { id } = jobNamed(scene, 'Product Designer');
    editLater(scene, { do: 'reorder', resource: 'jobs', record: id, list: 'stages', order: ['Offer', 1] });
    const stages = await read<GemSchemas['JobStage'][]>(scene.gem, `/ats/v0/jobs/${id}/stages`);
    expect(stages.map(({ priority }) => priority)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(stages.slice(0, 3).map(({ name }) => name)).toEqual([
      'Offer',
      'Recruiter Screen',
      'Application Review',
    ]);
    // Stages that stand where they stood have not changed.
    expect(stages[1]?.updated_at).not.toBe(later);
    expect(stages[0]?.updated_at).toBe(later);
  });

  test('that is deleted takes along all that is only there for it', async () => {
    const scene = await setScene();
    const { id } = jobNamed(scene, 'Senior Backend Engineer');
    editLater(scene, { do: 'delete', resource: 'jobs', record: id });
    const records = scene.gem.world.store.records();
    const { applications, job_stages, job_posts, openings, scheduled_interviews } = records;
    const own = [...applications, ...job_stages, ...job_posts, ...openings].filter(
      ({ job_id }) => job_id === id,
    );
    expect(own.filter(({ deleted_at }) => deleted_at === null)).toEqual([]);
    const gone = new Set(applications.filter(({ job_id }) => job_id === id).map((one) => one.id));
    const interviews = scheduled_interviews.filter(({ application_id }) => gone.has(application_id));
    expect(interviews.length).toBeGreaterThan(0);
    expect(interviews.filter(({ deleted_at }) => deleted_at === null)).toEqual([]);
    expect(await read(scene.gem, `/ats/v0/jobs/${id}?include_deleted=true`)).toMatchObject({
      deleted_at: later,
      updated_at: later,
    });
  });
});

describe('a candidate', () => {
  test('who is deleted takes along applications, files and notes', async () => {
    const scene = await setScene();
    const zoe = scene.find('candidates', ({ first_name }) => first_name === 'Zoë');
    editLater(scene, { do: 'delete', resource: 'candidates', record: zoe.id });
    expect(await read(scene.gem, `/ats/v0/candidates/${zoe.id}?include_deleted=true`)).toMatchObject({
      deleted_at: later,
      updated_at: later,
      applications: [],
      attachments: [],
    });
    const { applications, attachments, notes } = scene.gem.world.store.records();
    const own = [...applications, ...attachments, ...notes].filter((one) => one.candidate_id === zoe.id);
    expect(own.length).toBeGreaterThan(5);
    expect(own.filter(({ deleted_at }) => deleted_at === null)).toEqual([]);
  });

  test('who is brought back is alone at first, and their application cannot come before them', async () => {
    const scene = await setScene();
    const zoe = scene.find('candidates', ({ first_name }) => first_name === 'Zoë');
    const own = scene.find('applications', ({ candidate_id }) => candidate_id === zoe.id);
    editLater(scene, { do: 'delete', resource: 'candidates', record: zoe.id });
    const set = { deleted_at: null };
    const back = { do: 'change', resource: 'applications', record: own.id, set } as const;
    expect(() => applyEdits(scene.gem.world, [back])).toThrow(`bring the candidate "${zoe.id}" back first`);
    editLater(scene, { do: 'change', resource: 'candidates', record: zoe.id, set });
    expect((await scene.candidate(zoe.id)).application_ids).toEqual([]);
    editLater(scene, back);
    expect((await scene.candidate(zoe.id)).application_ids).toEqual([own.id]);
  });

  test('may have a work address and a file of any kind: a recruiter is no integration', async () => {
    const scene = await setScene();
    const value = 'ada@work.example';
    const [ada] = editLater(
      scene,
      {
        do: 'create',
        resource: 'candidates',
        as: 'ada',
        set: { email_addresses: [{ value, type: 'work', is_primary: true }] },
      },
      { do: 'create', resource: 'attachments', set: { candidate_id: 'ada', type: 'offer_letter' } },
    );
    expect(await scene.candidate(ada?.id ?? '')).toMatchObject({
      email_addresses: [{ value, type: 'work' }],
      attachments: [{ type: 'offer_letter', created_at: later }],
    });
  });

  test('and a user who are linked know each other', async () => {
    const scene = await setScene();
    const user = scene.find('users', ({ linked_candidate_ids }) => linked_candidate_ids.length === 0);
    const link = (ids: string[]) =>
      editLater(scene, {
        do: 'create',
        resource: 'candidates',
        as: `ada${ids.length}`,
        set: { linked_user_ids: ids },
      })[0]?.id;
    const id = link([user.id]);
    expect(scene.find('users', (one) => one.id === user.id).linked_candidate_ids).toEqual([id]);
    editLater(scene, { do: 'change', resource: 'users', record: user.id, set: { linked_candidate_ids: [] } });
    expect((await scene.candidate(id ?? '')).linked_user_ids).toEqual([]);
  });
});

describe('an application', () => {
  test('that goes to another candidate leaves the old one, in what is sent of both', async () => {
    const scene = await setScene();
    const zoe = scene.find('candidates', ({ first_name }) => first_name === 'Zoë');
    const other = scene.find('candidates', ({ last_name }) => last_name === 'Applied');
    const own = scene.find('applications', ({ candidate_id }) => candidate_id === zoe.id);
    // Both were sent before, so that their bytes were kept.
    expect((await scene.candidate(zoe.id)).application_ids).toContain(own.id);
    expect((await scene.candidate(other.id)).application_ids).toEqual([]);
    const set = { candidate_id: other.id };
    editLater(scene, { do: 'change', resource: 'applications', record: own.id, set });
    expect(await scene.candidate(other.id)).toMatchObject({ application_ids: [own.id], updated_at: later });
    const left = await scene.candidate(zoe.id);
    expect(left.application_ids).not.toContain(own.id);
    expect(left.updated_at).toBe(later);
  });

  test('leaves the old candidate where only a change of the profile moves candidates on, too', async () => {
    const scene = await setScene({ switches: { candidate_activity: 'profile' } });
    const zoe = scene.find('candidates', ({ first_name }) => first_name === 'Zoë');
    const own = scene.find('applications', ({ candidate_id }) => candidate_id === zoe.id);
    const { application_ids, updated_at } = await scene.candidate(zoe.id);
    const set = { candidate_id: scene.find('candidates', ({ last_name }) => last_name === 'Applied').id };
    editLater(scene, { do: 'change', resource: 'applications', record: own.id, set });
    const left = await scene.candidate(zoe.id);
    expect(left.application_ids).toEqual(application_ids.filter((id) => id !== own.id));
    expect(left.updated_at).toBe(updated_at);
  });

  test('whose stage was deleted since starts anew when its rejection is taken back', async () => {
    const scene = await setScene();
    const job = jobNamed(scene, 'Product Designer');
    const { id } = await scene.applicant(job);
    const [first] = scene.stages(job);
    editLater(
      scene,
      { do: 'create', resource: 'job_stages', as: 'trial', set: { job_id: job.id, name: 'Trial Day' } },
      { do: 'move', application: id, stage: 'Trial Day' },
      { do: 'reject', application: id },
      { do: 'delete', resource: 'job_stages', record: 'trial' },
      { do: 'unreject', application: id },
    );
    expect(await scene.application(id)).toMatchObject({ status: 'active', current_stage: first });
  });
});

describe('an office', () => {
  test('that comes under another one leaves the one above it, in what is sent of all three', async () => {
    const scene = await setScene();
    const child = scene.find('offices', ({ parent_id }) => parent_id !== null);
    const other = scene.find('offices', ({ id, parent_id }) => id !== child.parent_id && parent_id === null);
    const office = (id: string | null) => read<GemSchemas['Office']>(scene.gem, `/ats/v0/offices/${id}`);
    expect((await office(child.parent_id)).child_ids).toContain(child.id);
    expect((await office(other.id)).child_ids).not.toContain(child.id);
    editLater(scene, { do: 'change', resource: 'offices', record: child.id, set: { parent_id: other.id } });
    expect((await office(child.parent_id)).child_ids).not.toContain(child.id);
    expect((await office(other.id)).child_ids).toContain(child.id);
    expect((await office(child.id)).parent_id).toBe(other.id);
  });
});

describe('an interview', () => {
  test('is complete once everybody who came has handed in a scorecard', async () => {
    const scene = await setScene();
    const interview = scene.find('scheduled_interviews', ({ status }) => status === 'awaiting_feedback');
    const path = `/ats/v0/scheduled_interviews/${interview.id}`;
    const shown = async () => {
      const sent = await read<GemSchemas['ScheduledInterview']>(scene.gem, path);
      return [sent.status, ...sent.interviewers.map(({ scorecard_id }) => scorecard_id)];
    };
    const handIn = (index: number) =>
      editLater(scene, {
        do: 'create',
        resource: 'scorecards',
        set: { interview_id: interview.id, interviewer_id: interview.interviewers[index]?.user_id },
      })[0]?.id ?? '';
    const first = handIn(0);
    expect(await shown()).toEqual(['awaiting_feedback', first, null]);
    const second = handIn(1);
    expect(await shown()).toEqual(['complete', first, second]);
    expect(await scene.application(interview.application_id)).toMatchObject({ last_activity_at: later });
    editLater(scene, { do: 'delete', resource: 'scorecards', record: first });
    expect((await shown()).slice(1)).toEqual([null, second]);
  });

  test('that is called off leaves what was handed in', async () => {
    const scene = await setScene();
    const { id } = scene.find('scheduled_interviews', ({ status }) => status === 'complete');
    editLater(scene, { do: 'delete', resource: 'scheduled_interviews', record: id });
    const cards = scene.gem.world.store.records().scorecards.filter((card) => card.interview_id === id);
    expect(cards.map(({ deleted_at }) => deleted_at)).toEqual([null, null]);
  });
});
