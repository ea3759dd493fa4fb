// Worlds in which what nothing proves takes another form.
import { describe, expect, test } from 'vitest';
import { fixedClock } from '../../../contracts/clock.ts';
import { gemDescription } from '../../../contracts/gem.ts';
import { createVary, type PlainAnswer } from '../../../contracts/vary.ts';
import type { Operation } from '../../../contracts/description.ts';
import type { Form } from '../../../contracts/guesses.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import { guesses } from '../../../mock-server/world/switches.ts';
import { oneOfEverything } from '../../contracts/variation/world.ts';
import { read, startGem } from '../../support/gem.ts';
import { call, pathOf } from '../every-operation-requests.ts';

const operations = [...gemDescription.operations.values()];
/** Those that need no other record, and are varied. */
const lists = operations.filter(({ id, path }) => id.startsWith('list') && /^\/ats\/[^{]+$/.test(path));

test('each form of each guess that is no switch and no operation changes some answer', async () => {
  const gem = await startGem();
  const answers: [Operation, PlainAnswer][] = [];
  const note = (operation: Operation, status: number, page: string | null, body: unknown) =>
    answers.push([operation, { status, headers: page === null ? {} : { 'X-Pagination': page }, body }]);
  for (const operation of operations) {
    gem.world.reset();
    const few = operation.id.startsWith('list') ? '?per_page=3' : '';
    const { status, headers, body } = await call(gem, operation, pathOf(operation, gem) + few);
    const page: unknown = headers['x-pagination'];
    note(operation, status, typeof page === 'string' ? page : null, status === 204 ? undefined : body);
  }
  await gem.control.openWorld({ key: gem.apiKey, document: oneOfEverything });
  const queries = ['include_deleted=true', 'page=2&per_page=1'];
  for (const [operation, query] of lists.flatMap((one) => queries.map((query) => [one, query] as const))) {
    const answer = await ask(gem, `${operation.path}?${query}`);
    note(operation, answer.status, answer.headers.get('x-pagination'), await answer.json());
  }
  const vary = createVary(gemDescription);
  const shows = (name: string, form: Form) =>
    answers.some(([operation, answer]) =>
      vary.answer(operation, answer, new Map([[name, form]])).varied.includes(name),
    );
  const answered = guesses.filter(({ kind }) => kind !== 'switch' && kind !== 'operation');
  const unseen = answered.flatMap(({ name, alternatives }) =>
    alternatives.filter((form) => !shows(name, form)).map((form) => `${name}: ${form}`),
  );
  expect(unseen).toEqual([]);
});

function ask(gem: MockGem, path: string): Promise<Response> {
  return fetch(`${gem.url}${path}`, { headers: { 'X-API-Key': gem.apiKey } });
}

test('a world that varies says which guesses changed an answer, and one that does not says nothing', async () => {
  const gem = await startGem();
  expect((await ask(gem, '/ats/v0/jobs/')).headers.get('x-mock-gem-varied')).toBeNull();
  gem.world.choose({ variation: { times: 'offset', 'Job.opened_at': 'missing when unset' } });
  const varied = await ask(gem, '/ats/v0/jobs/');
  expect(varied.headers.get('x-mock-gem-varied')?.split(', ').toSorted()).toEqual(['Job.opened_at', 'times']);
  const jobs = (await varied.json()) as { created_at: string; status: string }[];
  for (const job of jobs) expect(job.created_at).toMatch(/\+00:00$/);
  expect(jobs.some((job) => !('opened_at' in job))).toBe(true);
});

test('the same seed, scenario and clock give the same bytes, and another seed others', async () => {
  const bytesOf = async (variation: number) => {
    const gem = await startGem({ clock: fixedClock('2026-11-16T09:00:00.000Z'), switches: { variation } });
    const texts: string[] = [];
    for (const { path } of lists) {
      const answer = await ask(gem, path);
      const page = answer.headers.get('x-pagination');
      texts.push(`${answer.status} ${page} ${(await answer.text()).replaceAll(gem.url, '')}`);
    }
    return texts;
  };
  expect(await bytesOf(5)).toEqual(await bytesOf(5));
  expect(await bytesOf(6)).not.toEqual(await bytesOf(5));
});

test('a list that need not exist is answered like any unknown path', async () => {
  const gem = await startGem({ switches: { variation: { listSources: 'missing' } } });
  const [missing, unknown] = [await ask(gem, '/ats/v0/sources/'), await ask(gem, '/ats/v0/nothing/')];
  expect([missing.status, await missing.text()]).toEqual([404, await unknown.text()]);
});

test('a write whose answer is empty has happened', async () => {
  const gem = await startGem({ switches: { variation: { 'moveApplication.answer': 'empty' } } });
  const operation = operations.find(({ id }) => id === 'moveApplication');
  if (!operation) throw new Error('there is no moveApplication');
  const before = gem.world.store.records().applications;
  const { status, text } = await call(gem, operation, pathOf(operation, gem));
  expect([status, text]).toEqual([200, '']);
  expect(gem.world.store.records().applications).not.toEqual(before);
});

describe('the lists and objects that clients are seen to use without a guard', () => {
  // gem-ats-api §11 #7: they are sent whatever else varies.
  test('are there in every variation', async () => {
    const gem = await startGem();
    await gem.control.openWorld({ key: gem.apiKey, document: oneOfEverything });
    for (let variation = 0; variation < 16; variation += 1) {
      gem.world.choose({ variation });
      const [candidates, applications, jobs, offices, stages] = await Promise.all(
        ['candidates', 'applications', 'jobs', 'offices', 'job_stages'].map((list) =>
          read<Record<string, unknown>[]>(gem, `/ats/v0/${list}/?per_page=500`),
        ),
      );
      for (const candidate of candidates ?? []) {
        for (const list of [
          'attachments',
          'phone_numbers',
          'email_addresses',
          'social_media_addresses',
          'educations',
          'employments',
        ])
          expect(candidate[list], list).toBeInstanceOf(Array);
      }
      for (const { jobs: of } of applications ?? []) expect(of).toHaveLength(1);
      for (const job of jobs ?? []) {
        expect(job).toMatchObject({ departments: expect.any(Array), offices: expect.any(Array) });
        expect(job['hiring_team']).toBeInstanceOf(Object);
      }
      for (const office of offices ?? []) expect(office).toHaveProperty('location.name');
      for (const { interviews } of stages ?? []) {
        for (const interview of interviews as object[]) {
          expect(interview).toHaveProperty('interview_kit.questions');
        }
      }
      const order = (applications ?? []).map(({ applied_at: at }) =>
        Date.parse(String(at).replace(/Z?$/, 'Z')),
      );
      expect(order).toEqual(order.toSorted((one, other) => one - other));
    }
  });
});

describe('a switch', () => {
  test('is drawn with the rest, unless somebody set it, be it to its usual choice', async () => {
    const gem = await startGem();
    const chosen = (switches: object) => {
      gem.createWorld(gem.apiKey, { switches: { rate_limit: 'off', ...switches } });
      return gem.world.unnotedSwitches.stage_after_hire;
    };
    const drawn = Array.from({ length: 8 }, (_, variation) => chosen({ variation }));
    expect(new Set(drawn)).toEqual(new Set(['keep', 'clear']));
    const set = Array.from({ length: 8 }, (_, variation) => chosen({ variation, stage_after_hire: 'keep' }));
    expect(new Set(set)).toEqual(new Set(['keep']));
  });
});

describe('the control API', () => {
  test('tells what a world chose for each guess, and takes a seed back', async () => {
    const gem = await startGem();
    const world = await gem.control.world();
    expect((await world.variation()).guesses.filter((guess) => !guess.is_default)).toEqual([]);
    await world.choose({
      variation: { 'Application.rejected_at': 'null when unset', stage_after_hire: 'clear' },
    });
    const { variation, guesses: told } = await world.variation();
    expect(variation).toEqual({ 'Application.rejected_at': 'null when unset', stage_after_hire: 'clear' });
    expect(told.filter((guess) => !guess.is_default)).toMatchObject([
      { name: 'Application.rejected_at', form: 'null when unset', grade: 'assumed' },
      { name: 'stage_after_hire', form: 'clear' },
    ]);
    await world.choose({ variation: 'off' });
    expect(gem.world.forms.size).toBe(0);
  });

  test('refuses guesses and forms that there are none of', async () => {
    const gem = await startGem();
    const world = await gem.control.world();
    await expect(world.choose({ variation: { nothing: 'missing' } })).rejects.toThrow(
      'body.switches.variation: no guess is called "nothing"',
    );
    await expect(gem.openWorld({ switches: { variation: { times: 'roman' } } })).rejects.toThrow(
      'times may be as described, no fraction when whole, microseconds, offset, no zone, not "roman"',
    );
    expect(gem.world.forms.size).toBe(0);
  });

  test('forks and keeps a world with its variation', async () => {
    const gem = await startGem();
    const world = await gem.openWorld({ switches: { variation: 3, stage_after_hire: 'keep' } });
    const told = await world.variation();
    expect(await (await world.fork()).variation()).toEqual(told);
    const other = await gem.openWorld();
    await other.import(await world.export());
    expect(await other.variation()).toEqual(told);
  });
});
