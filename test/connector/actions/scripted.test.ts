// Actions on accounts of which only a part is stored, with a Gem that answers as a script says.
import { describe, expect, test } from 'vitest';
import { addApplicationResultLink } from '../../../connector/actions/add-result-link.ts';
import { create } from '../../../connector/actions/create.ts';
import { getApplicationAttachments } from '../../../connector/actions/get-attachments.ts';
import { readKnownSources } from '../../../connector/actions/resolve-source.ts';
import { moveApplicationToStage } from '../../../connector/actions/move-application-to-stage.ts';
import { GemRefusedInput, GemUnavailable } from '../../../connector/gem/errors.ts';
import type { GemClient } from '../../../connector/gem/client.ts';
import {
  applicationRecord,
  candidateRecord,
  jobRecord,
  stageRecord,
  userLite,
} from '../../support/gem-records.ts';
import type { StubLists } from '../../support/stub-gem.ts';
import { useAccounts } from './support/accounts.ts';
import { scriptGem, type Asked } from './support/scripted-gem.ts';

const synced = useAccounts();
const engineer = [{ id: 'job', name: 'Engineer' }];
const applied = (id: string, more: Parameters<typeof applicationRecord>[2] = {}) =>
  applicationRecord(id, 'jane', { jobs: engineer, ...more });
const writes = (asked: readonly Asked[]) => asked.filter(({ method }) => method !== 'GET');

describe('the sources that Gem has', () => {
  test('are those of its list that can be read and are not deleted', async () => {
    const listed = [
      { id: '1', name: 'Indeed', deleted_at: null },
      { id: '2', name: 'Gone', deleted_at: '2026-01-01T00:00:00Z' },
      { id: 3, name: 'No id' },
      { id: '4' },
      { id: '5', name: null },
      { name: 'Nor here' },
      null,
      'text',
      { id: '6', name: 'Referral' },
    ];
    const { gem } = await scriptGem(({ query }) => [200, query.get('page') === '1' ? listed : []]);
    const { services, integration } = await synced({}, gem);
    const { sources, isComplete } = await readKnownSources(gem, services.database, integration.id);
    expect([sources.map(({ id }) => id), isComplete]).toEqual([['1', '6'], true]);
  });

  test('are some of several, where Gem counts more than it shows', async () => {
    const total = { 'X-Pagination': JSON.stringify({ total: 3 }) };
    const { gem } = await scriptGem(({ query }) =>
      query.get('page') === '1' ? [200, [{ id: '1', name: 'Indeed' }], total] : [200, []],
    );
    const { services, integration } = await synced({}, gem);
    const { sources, isComplete } = await readKnownSources(gem, services.database, integration.id);
    expect([sources.map(({ id }) => id), isComplete]).toEqual([['1'], false]);
  });

  test('are those that applications came from, where there is no list', async () => {
    const { gem } = await scriptGem(() => [404, { message: 'no such path' }]);
    const from = (id: string, public_name: string) => ({ source: { id, public_name } });
    const listApplications = [
      applied('a', from('s2', 'Referral')),
      applied('b', from('s1', 'Indeed')),
      applied('c', from('s1', 'Indeed')),
      applied('d', { source: null }),
    ];
    const { services, integration } = await synced({ listApplications }, gem);
    expect(await readKnownSources(gem, services.database, integration.id)).toEqual({
      sources: [
        { id: 's1', name: 'Indeed' },
        { id: 's2', name: 'Referral' },
      ],
      isComplete: false,
    });
  });

  test('are not made up when something else than Gem fails', async () => {
    const { services, integration } = await synced({}, {} as GemClient);
    const broken = {} as GemClient;
    await expect(readKnownSources(broken, services.database, integration.id)).rejects.toThrow(TypeError);
  });
});

describe('an application whose candidate or job is not stored yet', () => {
  const link = { label: 'Score', url: 'https://results.example.com/1' };
  const note = {
    body: 'text',
    created_at: '2026-03-01T09:00:00.000Z',
    id: 'note',
    private: false,
    user: userLite('user-1'),
    visibility: 'public',
  };
  const written = async (lists: StubLists) => {
    const { gem, asked } = await scriptGem(({ method, path }) => {
      if (method === 'POST') return [201, note];
      return [200, path.endsWith('/applications/a/') || path.endsWith('/applications/a') ? applied('a') : []];
    });
    const { services, integration, id } = await synced(lists, gem);
    await addApplicationResultLink(services, integration, id('a'), link);
    const [write] = writes(asked);
    const { body }: { body: string } = JSON.parse(write?.body ?? '{}');
    return {
      path: write?.path,
      body,
      asksForIt: asked.some(({ method, path }) => method === 'GET' && path.includes('/applications/a')),
    };
  };
  const [listApplications, listCandidates] = [[applied('a')], [candidateRecord('jane')]];
  const listJobs = [jobRecord('job', { name: 'Stored Engineer' })];
  const path = expect.stringContaining('/candidates/jane/');

  test.each([
    ['both are stored', { listApplications, listCandidates, listJobs }, 'Stored Engineer'],
    ['only the candidate is', { listApplications, listCandidates }, 'Engineer'],
    ['only the job is', { listApplications, listJobs }, 'Stored Engineer'],
    ['neither is', { listApplications }, 'Engineer'],
  ])('gets its result link when %s, and Gem says whose it is by now', async (_, lists, name) => {
    const body = `Score: https://results.example.com/1\nJob: ${name}`;
    expect(await written(lists)).toEqual({ path, body, asksForIt: true });
  });

  test('has the files of the candidate whom Gem names', async () => {
    const { gem, asked } = await scriptGem(({ path: asks }) => [
      200,
      asks.includes('/applications/') ? applied('a') : candidateRecord('jane'),
    ]);
    const { services, integration, id } = await synced({ listApplications }, gem);
    const answer = await getApplicationAttachments(services, integration, id('a'), 'http://here');
    expect(answer.data.results).toEqual([]);
    expect(asked.map(({ path: asks }) => asks.replace(/\/$/, ''))).toEqual([
      '/ats/v0/applications/a',
      '/ats/v0/candidates/jane',
    ]);
  });
});

describe('a move', () => {
  const stages = [stageRecord('stage-1', 'job'), stageRecord('stage-2', 'job')];
  const moving = async (
    before: ReturnType<typeof applied>,
    reply: (one: Asked, nth: number) => [number, unknown] | null,
  ) => {
    const { gem, asked } = await scriptGem((one) => {
      if (one.path.includes('/stages')) return [200, stages];
      const count = writes(asked).length;
      if (one.method !== 'GET') return reply(one, count);
      return [200, count > 1 ? applied('a', { current_stage: { id: 'stage-2', name: 'Two' } }) : before];
    });
    const { services, integration, id } = await synced({ listApplications: [applied('a')] }, gem);
    const move = () => moveApplicationToStage(services, integration, id('a'), { stage_id: id('stage-2') });
    return { move, asked };
  };
  const moved = () =>
    [200, applied('a', { current_stage: { id: 'stage-2', name: 'Two' } })] as [number, unknown];

  test.each([
    ['a stage says from which', { id: 'stage-1', name: 'One' }, { from_stage_id: 'stage-1' }],
    ['no stage says from none', null, {}],
  ])('from %s', async (_, current_stage, from) => {
    const { move, asked } = await moving(applied('a', { current_stage }), moved);
    expect(await move()).toMatchObject({ status: 'success', warnings: [] });
    const [write] = writes(asked);
    expect(JSON.parse(write?.body ?? '')).toEqual({ to_stage_id: 'stage-2', user_id: 'user-1', ...from });
  });

  test('whose answer is lost, from no stage, is tried until Gem shows it', async () => {
    const { move, asked } = await moving(applied('a', { current_stage: null }), () => null);
    expect(await move()).toMatchObject({ status: 'success' });
    expect(writes(asked)).toHaveLength(2);
  });
});

describe('a creation', () => {
  const lists = { listJobs: [jobRecord('job')] };
  const body = { candidate: { first_name: 'Jane', last_name: 'Doe', email_address: 'jane@example.com' } };
  const creating = async (script: (one: Asked) => [number, unknown] | null, stored: StubLists = lists) => {
    const { gem, asked } = await scriptGem(script);
    const scene = await synced(stored, gem);
    const { services, integration, id } = scene;
    return {
      ...scene,
      asked,
      run: (job = id('job'), stageId?: string) => create(services, integration, { job, stageId, body }),
    };
  };
  const fresh = candidateRecord('jane', { applications: [applied('new')] });
  const hired = applied('new', { status: 'hired' });

  test.each([
    [
      'what Gem makes of it, when that can be read',
      [200, candidateRecord('jane', { applications: [hired] })],
      ['HIRED'],
      0,
    ],
    [
      'all that the person has applied to',
      [200, candidateRecord('jane', { applications: [hired, applied('old')] })],
      ['HIRED', 'PENDING'],
      0,
    ],
    [
      'what was answered, when Gem is behind',
      [200, candidateRecord('jane', { applications: [applied('old')] })],
      ['PENDING'],
      0,
    ],
    ['what was answered, when Gem fails', [404, { message: 'not yet' }], ['PENDING'], 1],
  ] as [string, [number, unknown], string[], number][])(
    'stores %s',
    async (_about, read, outcomes, failures) => {
      const { run, rows, asked, logged } = await creating(({ method }) =>
        method === 'GET' ? read : [201, fresh],
      );
      await run();
      const stored = await rows('ats_applications');
      expect(stored.map(({ outcome }) => outcome).toSorted()).toEqual(outcomes);
      expect(stored.map(({ remote_id: remoteId }) => remoteId)).toContain('new');
      expect(asked.at(-1)?.path).toMatch(/\/candidates\/jane\/?$/);
      expect(logged).toEqual(
        Array.from({ length: failures }, () => expect.stringContaining('again after its creation')),
      );
    },
  );

  test('that Gem refuses for a source that nobody named is not tried without one', async () => {
    const refusal = {
      code: 422,
      status: 'Unprocessable Entity',
      errors: { json: { source_id: ['Unknown source.'] } },
    };
    const { run, asked } = await creating(() => [422, refusal]);
    await expect(run()).rejects.toBeInstanceOf(GemRefusedInput);
    expect(writes(asked)).toHaveLength(1);
  });

  test('whose answer is lost is not taken for an application that was there before', async () => {
    const old = candidateRecord('jane', { applications: [applied('old')] });
    const stored = { ...lists, listApplications: [applied('old')] };
    const { run, asked } = await creating(({ method }) => (method === 'GET' ? [200, [old]] : null), stored);
    await expect(run()).rejects.toBeInstanceOf(GemUnavailable);
    expect(writes(asked)).toHaveLength(3);
  });

  const stages = (...ids: string[]) => ids.map((id) => stageRecord(id, 'job'));

  test.each([
    ['Gem has, though it is not stored', [], [200, stages('stage-1')], true],
    ['was stored and Gem has no more', stages('stage-1'), [200, stages('stage-2')], false],
    ['is stored, where Gem does not list stages', stages('stage-1'), [404, {}], true],
    ['is stored, where Gem lists none', stages('stage-1'), [200, []], true],
    ['nobody has', stages('stage-2'), [404, {}], false],
  ] as [string, unknown[], [number, unknown], boolean][])(
    'in a stage that %s: %#',
    async (_about, listJobStages, shown, isTaken) => {
      const { run, asked, id } = await creating(
        ({ method, path }) => {
          if (path.endsWith('/stages')) return shown;
          return method === 'GET' ? [404, {}] : [201, fresh];
        },
        { ...lists, listJobStages },
      );
      const refusal = await run(id('job'), id('stage-1')).then(
        () => '',
        (error: Error) => error.message,
      );
      const sent = writes(asked).map(({ body: one }): unknown => JSON.parse(one).initial_stage_id);
      expect([/not one of the job's/.test(refusal), sent]).toEqual([!isTaken, isTaken ? ['stage-1'] : []]);
    },
  );

  const deletedAt = { deleted_at: '2026-03-02T09:00:00.000Z' };
  const open = jobRecord('job');
  const closed = jobRecord('job', { status: 'closed' });

  test.each([
    ['is closed by now', [open], [200, closed], null, 'The job is closed'],
    ['was reopened', [closed], [200, open], null, undefined],
    ['was deleted since', [open], [200, jobRecord('job', deletedAt)], null, 'The job was deleted in Gem.'],
    ['came back', [jobRecord('job', deletedAt)], [200, open], null, undefined],
    ['is closed by the list, where there is no such path', [open], [404, {}], [closed], 'The job is closed'],
    ['is open by the list, where there is no such path', [closed], [405, {}], [open], undefined],
    ['is closed by what is stored, where Gem says nothing', [closed], [404, {}], null, 'The job is closed'],
    ['is open by what is stored, where Gem says nothing', [open], [403, {}], null, undefined],
    ['is open by what is stored, where Gem answers with something else', [open], [200, []], null, undefined],
    [
      'is open by what is stored, where Gem answers with another job',
      [open],
      [200, jobRecord('b')],
      null,
      undefined,
    ],
    [
      'was deleted by what is stored',
      [jobRecord('job', deletedAt)],
      [404, {}],
      [],
      'The job was deleted in Gem.',
    ],
  ] as [string, unknown[], [number, unknown], unknown[] | null, string | undefined][])(
    'for a job that %s',
    async (_about, listJobs, one, list, refusal) => {
      const { run, asked, id } = await creating(
        ({ method, path, query }) => {
          if (method === 'POST') return [201, fresh];
          if (path.endsWith('/jobs/job')) return one;
          if (!path.endsWith('/jobs/') || list === null) return [404, {}];
          return [200, query.get('page') === '1' ? list : []];
        },
        { listJobs },
      );
      for (const job of [id('job'), 'remote:job']) {
        const told = await run(job).then(
          () => undefined,
          (error: Error) => error.message,
        );
        expect(told?.slice(0, refusal?.length)).toBe(refusal);
      }
      expect(writes(asked).length > 0).toBe(refusal === undefined);
    },
  );

  test('that Gem refuses because the job was closed in that moment is told as such', async () => {
    let isOpen = true;
    const { run, id } = await creating(({ method, path }) => {
      if (path.endsWith('/jobs/job')) return [200, isOpen ? open : closed];
      if (method === 'GET') return [200, []];
      isOpen = false;
      return [400, { code: 400, status: 'Bad Request', message: 'The job is closed.' }];
    });
    await expect(run(id('job'))).rejects.toMatchObject({ code: 'ATS.JOB_CLOSED' });
  });

  test('for a job that nobody knows is refused', async () => {
    const { run, asked } = await creating(() => [404, { message: 'Not found' }]);
    await expect(run('unknown')).rejects.toThrow('Take the id of a job from /ats/jobs');
    expect(asked).toEqual([]);
    await expect(run('remote:unknown')).rejects.toThrow('Gem has no job with the id after "remote:".');
    expect(writes(asked)).toEqual([]);
  });
});
