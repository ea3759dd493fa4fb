// Every value of every model is explained, over the connector's API: where it comes from, by which rule, why it is empty, and what is
// different at Gem by now.
import { describe, expect, test } from 'vitest';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { komboId } from '../../../connector/identifiers.ts';
import { useBoth } from '../../support/both.ts';

const both = useBoth();

type Explanation = UnifiedSchemas['Explanation'];
type Value = UnifiedSchemas['ExplainedValue'];

async function explain(model: string, id: string, query = ''): Promise<Explanation> {
  const { status, body } = await both.unified(`/explain/${model}/${encodeURIComponent(id)}${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return (body as UnifiedSchemas['ExplainAnswer']).data;
}

/** Ids of a few records of each model, with what makes them different from one another. */
const some: Readonly<Record<UnifiedSchemas['ModelWord'], () => Promise<string[]>>> = {
  users: () => listed('users'),
  jobs: () => listed('jobs'),
  'job-postings': async () => (await jobs()).flatMap((job) => job.job_postings.map(({ id }) => id)),
  candidates: () => listed('candidates'),
  'application-stages': () => listed('application-stages'),
  applications: () => listed('applications'),
  interviews: () => listed('interviews'),
  'join-jobs-application-stages': async () =>
    (await jobs()).flatMap((job) => job.stages.map((stage) => joined(job.remote_id, stage.remote_id))),
  'join-jobs-users': async () =>
    (await jobs()).flatMap((job) => job.hiring_team.map((user) => joined(job.remote_id, user.remote_id))),
  'join-interviews-users': async () => {
    const interviews = await both.unifiedList<UnifiedSchemas['Interview']>('/ats/interviews?page_size=20');
    return interviews.flatMap(({ remote_id, users }) =>
      users.map((user) => joined(remote_id, user.remote_id)),
    );
  },
};

const jobs = () => both.unifiedList<UnifiedSchemas['Job']>('/ats/jobs?page_size=20');

async function listed(list: string): Promise<string[]> {
  const items = await both.unifiedList<{ id: string }>(`/ats/${list}?page_size=100`);
  return items.map(({ id }) => id);
}

function joined(one: string | null, other: string | null): string {
  return komboId(both.integrationId, `${one}/${other}`);
}

describe.each(Object.entries(some))('%s', (word, ids) => {
  test('every value is explained', async () => {
    const few = (await ids()).filter((_, index, all) => index % Math.ceil(all.length / 3) === 0);
    expect(few.length).toBeGreaterThan(0);
    for (const id of few) {
      const { item, values, rules } = await explain(word, id);
      expect(values.map(({ field }) => field.split(/[.[]/)[0])).toEqual(
        expect.arrayContaining(Object.keys(item)),
      );
      const known = new Set(rules.map(({ name, statement }) => name ?? statement));
      for (const value of values) {
        const about = `${word} ${id} ${JSON.stringify(value)}`;
        expect(isSaid(value), about).toBe(true);
        expect(value.rules.length, about).toBeGreaterThan(0);
        expect(value.rules.filter((rule) => !known.has(rule))).toEqual([]);
        expect(value.is_changed, about).toBe(false);
      }
    }
  });
});

/** Where it comes from, or why it comes from nowhere. */
function isSaid({ from, empty, note, value }: Value): boolean {
  const isEmpty = value === null || (typeof value === 'object' && Object.keys(value).length === 0);
  return isEmpty ? empty !== null : empty === null && (from.length > 0 || note !== null);
}

test('what is different at Gem by now is marked on both sides, unless Gem is not asked', async () => {
  const { world, ask } = await startAccount(true);
  const { data: found } = await ask('/ats/jobs?name_contains=Product%20Designer');
  const job = found.results[0];
  await world.edit({
    do: 'change',
    resource: 'jobs',
    record: job?.remote_id ?? '',
    set: { name: 'Designer' },
  });
  const { values, gem } = (await ask(`/explain/jobs/${job?.id}`)).data;
  const changed = values.filter(({ is_changed: isChanged }) => isChanged).map(({ field }) => field);
  expect(changed).toEqual(['name', 'remote_updated_at', 'remote_data']);
  expect(values.find(({ field }) => field === 'name')).toMatchObject({
    value: 'Product Designer',
    now: 'Designer',
    from: [{ path: 'name', pointer: '/name', value: 'Product Designer', now: 'Designer', is_changed: true }],
    rules: ['job-name'],
  });
  expect([gem.stored?.['name'], gem.now?.['name']]).toEqual(['Product Designer', 'Designer']);

  const calls = (await world.requests.find({})).count;
  const stored = (await ask(`/explain/jobs/${job?.id}?ask_gem=false`)).data;
  expect(stored.values.filter(({ is_changed: isChanged }) => isChanged)).toEqual([]);
  expect([stored.gem.now, (await world.requests.find({})).count]).toEqual([null, calls]);
});

test.each([true, false])(
  'what is different in other records is marked as well, whether raw records are kept (%s) or not',
  async (isRemoteDataEnabled) => {
    const { world, ask } = await startAccount(isRemoteDataEnabled);
    const { data: found } = await ask('/ats/applications?page_size=100');
    const active = await world.records('applications', { q: 'status:active', deleted: 'left_out' });
    const isActive = (remoteId: string) => active.records.some(({ id }) => id === remoteId);
    const application = (found.results as UnifiedSchemas['Application'][]).find(
      ({ remote_id: id, candidate, current_stage: stage, job }) =>
        isActive(id ?? '') && candidate && stage && job,
    );
    const before = await ask(`/explain/applications/${application?.id}`);
    expect(before.data.values.filter(({ is_changed: isChanged }) => isChanged)).toEqual([]);

    const stages = await world.records('job_stages', { q: `job_id:${application?.job?.remote_id}` });
    const next = stages.records.find(({ id }) => id !== application?.current_stage?.remote_id);
    await world.edit(
      {
        do: 'change',
        resource: 'candidates',
        record: application?.candidate?.remote_id ?? '',
        set: { first_name: 'Someone' },
      },
      { do: 'move', application: application?.remote_id ?? '', stage: next?.id ?? '' },
    );
    const { values } = (await ask(`/explain/applications/${application?.id}`)).data;
    const nowOf = (field: string) => {
      const value = values.find((one) => one.field === field);
      return value?.is_changed ? value.now : 'unchanged';
    };
    expect(nowOf('candidate.first_name')).toBe('Someone');
    expect([nowOf('current_stage_id'), nowOf('current_stage.id')]).toEqual([
      nowOf('current_stage.id'),
      expect.stringMatching(/^\w{6,}$/),
    ]);
    expect([nowOf('candidate.last_name'), nowOf('job.id'), nowOf('job.name')]).toEqual(
      Array.from({ length: 3 }, () => 'unchanged'),
    );
  },
);

test("a job's text is marked where its posting has another one by now, and where another posting is chosen", async () => {
  const { world, ask } = await startAccount(true);
  const { data: found } = await ask('/ats/jobs?page_size=50');
  const job = (found.results as UnifiedSchemas['Job'][]).find(
    ({ description, job_postings: postings }) => description !== null && postings.length === 1,
  );
  const posting = job?.job_postings[0]?.remote_id ?? '';
  const described = async () => {
    const { values } = (await ask(`/explain/jobs/${job?.id}`)).data;
    const { is_changed: isChanged, now } = values.find(({ field }) => field === 'description') ?? {};
    return [isChanged, now];
  };
  expect(await described()).toEqual([false, null]);
  await world.edit({
    do: 'change',
    resource: 'job_posts',
    record: posting,
    set: { content: '<p>Another text</p>' },
  });
  expect(await described()).toEqual([true, '<p>Another text</p>']);
  await world.edit({ do: 'change', resource: 'job_posts', record: posting, set: { live: false } });
  expect(await described()).toEqual([true, null]);
});

test("a job's text comes from its posting, a stage's place from the stage, a person's from the user", async () => {
  const job = (await jobs()).find(
    ({ description, hiring_team: team }) => description !== null && team.length > 0,
  );
  const { values } = await explain('jobs', job?.id ?? '');
  const routesOf = (field: string) =>
    values.find((value) => value.field === field)?.from.map(({ route, path }) => route + path);
  expect(routesOf('description')?.[0]).toBe('/job_posts/content');
  expect(routesOf('stages[0].index')).toEqual(['/job_stages/job_id', '/job_stages/priority']);
  expect(routesOf('hiring_team[0].email')).toEqual(['/users/primary_email_address']);
  expect(routesOf('hiring_team[0].hiring_team_roles')?.[0]).toMatch(/^\/jobs\/hiring_team\./);
});

test('what is made of other records names those that it was made of', async () => {
  const all = await jobs();
  const described = all.filter(({ description }) => description !== null);
  expect(described.length).toBeGreaterThan(2);
  for (const { id, description } of described) {
    const { values } = await explain('jobs', id);
    expect(values.find(({ field }) => field === 'description')?.from[0]?.value).toBe(description);
  }
  const interviews = await both.unifiedList<UnifiedSchemas['Interview']>('/ats/interviews?page_size=20');
  const staged = interviews.filter(({ stage_id: stage }) => stage !== null);
  expect(staged.length).toBeGreaterThan(2);
  for (const { id, stage_id: stage } of staged) {
    const { values } = await explain('interviews', id);
    const from = values.find(({ field }) => field === 'stage_id')?.from[0];
    expect(komboId(both.integrationId, String(from?.value))).toBe(stage);
  }
});

test("a record is found by Gem's id, too", async () => {
  const [user] = await both.unifiedList<UnifiedSchemas['User']>('/ats/users?page_size=20');
  expect((await explain('users', user?.remote_id ?? '')).id).toBe(user?.id);
});

test.each([
  ['users', 'nobody', 404, 'No record of users has this id'],
  ['jbos', 'x', 400, 'jobs'],
])('%s %s is refused', async (model, id, status, words) => {
  const answer = await both.unified(`/explain/${model}/${id}`);
  expect([answer.status, JSON.stringify(answer.body)]).toEqual([status, expect.stringContaining(words)]);
});

test('without stored records, they are read at Gem', async () => {
  const { ask } = await startAccount(false);
  const { data } = await ask('/ats/applications?page_size=1');
  const explained = (await ask(`/explain/applications/${data.results[0]?.id}`)).data;
  expect([explained.gem.stored, explained.gem.now?.['id']]).toEqual([null, explained.gem.remote_id]);
  const empty = explained.values.find(({ field }) => field === 'remote_data')?.empty;
  expect(empty).toContain('--remote-data');
  expect(explained.values.find(({ field }) => field === 'candidate.first_name')?.from).toMatchObject([
    { route: '/candidates/', path: 'first_name' },
  ]);
});

/** A Gem account of its own that was synced once. */
async function startAccount(isRemoteDataEnabled: boolean) {
  const world = await both.gem.openWorld();
  const gem = { url: both.gem.url, apiKey: world.key, applicationSecret: both.gem.applicationSecret };
  const { id } = await both.connector.connect({ gem, isRemoteDataEnabled });
  await both.connector.sync(id);
  const headers = { Authorization: `Bearer ${both.connector.apiKey}`, 'X-Integration-Id': id };
  const ask = async (path: string) => {
    const response = await fetch(`${both.connector.apiUrl}${path}`, { headers });
    return (await response.json()) as {
      data: Explanation & { results: { id: string; remote_id: string }[] };
    };
  };
  return { world, ask };
}
