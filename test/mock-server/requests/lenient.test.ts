// What Gem would refuse, in a strict world and in a lenient one.
import { describe, expect, test } from 'vitest';
import type { MockGem } from '../../../mock-server/server.ts';
import { startGem } from '../../support/gem.ts';
import { ask, lastRequest, living, newcomer, type Asking } from '../faults/support.ts';

interface Wrong {
  what: string;
  asking: (gem: MockGem) => Asking & { path: string };
  /** What a strict world answers. */
  strict: [number, unknown];
  /** What a lenient one answers in its place, and notes. */
  lenient: [number, string[]];
}

const create = (body: object) => (gem: MockGem) => ({
  path: '/ats/v0/candidates/',
  method: 'POST',
  body: { ...newcomer, job_id: openJob(gem), ...body },
});

const change = (body: object) => (gem: MockGem) => ({
  path: `/ats/v0/candidates/${living(gem, 'candidates')[0]?.id}`,
  method: 'PATCH',
  body,
});

const json = (errors: object) => [
  422,
  { code: 422, status: 'Unprocessable Entity', errors: { json: errors } },
];
const query = (errors: object) => [
  422,
  { code: 422, status: 'Unprocessable Entity', errors: { query: errors } },
];

const toleratedCases: Wrong[] = [
  {
    what: 'an unknown field',
    asking: create({ shoe_size: 43 }),
    strict: json({ shoe_size: ['Unknown field.'] }) as Wrong['strict'],
    lenient: [201, ['shoe_size: Unknown field.']],
  },
  {
    what: 'an unknown field far inside',
    asking: change({
      phone_numbers: [
        { value: '1', type: 'mobile' },
        { value: '2', type: 'mobile', odd: true },
      ],
    }),
    strict: json({ phone_numbers: { 1: { odd: ['Unknown field.'] } } }) as Wrong['strict'],
    lenient: [200, ['phone_numbers.1.odd: Unknown field.']],
  },
  {
    what: 'a word that a list does not have',
    asking: () => ({ path: '/ats/v0/applications/?per_page=1&status=asleep' }),
    strict: query({ status: ['Must be one of: active, hired, rejected.'] }) as Wrong['strict'],
    lenient: [200, ['query.status: Must be one of: active, hired, rejected.']],
  },
  {
    what: 'a time that is none',
    asking: () => ({ path: '/ats/v0/jobs/?per_page=1&updated_after=yesterday' }),
    strict: query({ updated_after: ['Not a valid datetime.'] }) as Wrong['strict'],
    lenient: [200, ['query.updated_after: Not a valid datetime.']],
  },
  {
    what: 'the id of nothing',
    asking: create({ source_id: 'bm90aGluZw' }),
    strict: json({ source_id: ['Source not found.'] }) as Wrong['strict'],
    lenient: [201, ['source_id: Source not found.']],
  },
  {
    what: 'the id of something that belongs elsewhere',
    asking: (gem) => create({ initial_stage_id: stageOfAnotherJob(gem) })(gem),
    strict: json({ initial_stage_id: ['Stage not found in this job.'] }) as Wrong['strict'],
    lenient: [201, ['initial_stage_id: Stage not found in this job.']],
  },
  {
    what: 'several things at once, one after the other',
    asking: (gem) => create({ source_id: living(gem, 'jobs')[0]?.id, nonsense: 1 })(gem),
    strict: json({ nonsense: ['Unknown field.'] }) as Wrong['strict'],
    lenient: [201, ['nonsense: Unknown field.', 'source_id: Source not found.']],
  },
  {
    what: 'another type of body',
    asking: (gem) => ({
      ...create({})(gem),
      body: JSON.stringify(create({})(gem).body),
      headers: { 'Content-Type': 'text/plain' },
    }),
    strict: [
      415,
      { code: 415, status: 'Unsupported Media Type', message: 'Content-Type must be application/json.' },
    ],
    lenient: [201, ['Content-Type: was text/plain instead of application/json.']],
  },
  {
    what: 'a body that is too large',
    asking: create({ nonsense: 'x'.repeat(11 * 1024 * 1024) }),
    strict: [413, { message: 'Request Too Long' }],
    lenient: [
      201,
      [
        expect.stringMatching(/^the body: had \d+ bytes instead of at most 10485760\.$/) as string,
        'nonsense: Unknown field.',
      ],
    ],
  },
];

describe.each(toleratedCases)('$what', ({ asking, strict, lenient }) => {
  test('is refused in the words of Gem by a strict world, and nothing changes', async () => {
    const gem = await startGem();
    const before = gem.world.store.records();
    const { path, ...rest } = asking(gem);
    const seen = await ask(gem, path, rest);
    expect([seen.status, JSON.parse(seen.text)]).toEqual(strict);
    expect(gem.world.store.records()).toEqual(before);
    expect(lastRequest(gem).tolerated).toEqual([]);
  });

  test('is left out by a lenient world, and noted', async () => {
    const gem = await startGem({ switches: { checking: 'lenient' } });
    const { path, ...rest } = asking(gem);
    const seen = await ask(gem, path, rest);
    expect([seen.status, lastRequest(gem).tolerated]).toEqual(lenient);
    expect(seen.headers['x-mock-gem-tolerated']).toBe(String(lenient[1].length));
  });
});

describe('what cannot be left out is refused by a lenient world as well:', () => {
  test.each<[string, (gem: MockGem) => Asking & { path: string }, number, unknown]>([
    ['a field that is missing', (gem) => ({ ...create({})(gem), body: {} }), 422, missing('first_name')],
    [
      'a field that is wanted and wrong, which it does not call missing',
      create({ first_name: 7 }),
      422,
      { json: { first_name: ['Not a valid string.'] } },
    ],
    [
      'a record that is wanted and does not exist, although something else was left out before',
      (gem) => note(gem, { user_id: 'nobody', shoe_size: 43 }),
      422,
      { json: { user_id: ['User not found.'] } },
    ],
    [
      'a body that is no JSON',
      () => ({ path: '/ats/v0/candidates/', method: 'POST', body: '{' }),
      400,
      undefined,
    ],
    ['an id in the path', () => ({ path: '/ats/v0/candidates/bm90aGluZw' }), 404, undefined],
    ['a method', () => ({ path: '/ats/v0/jobs/', method: 'DELETE' }), 405, undefined],
  ])('%s', async (_what, asking, status, errors) => {
    const gem = await startGem({ switches: { checking: 'lenient' } });
    const before = gem.world.store.records();
    const { path, ...rest } = asking(gem);
    const seen = await ask(gem, path, rest);
    expect(seen.status).toBe(status);
    expect(JSON.parse(seen.text)).toMatchObject({ code: status, ...(errors !== undefined && { errors }) });
    expect(gem.world.store.records()).toEqual(before);
    expect(lastRequest(gem).tolerated).toEqual([]);
    expect(seen.headers).not.toHaveProperty('x-mock-gem-tolerated');
  });
});

test('a lenient world still holds to the rules of the business', async () => {
  const gem = await startGem({ switches: { checking: 'lenient', same_person: 'refuse' } });
  const { path, ...rest } = create({})(gem);
  expect((await ask(gem, path, rest)).status).toBe(201);
  expect((await ask(gem, path, rest)).status).toBe(400);
});

function openJob(gem: MockGem): string | undefined {
  return living(gem, 'jobs').find(({ status }) => status === 'open')?.id;
}

function stageOfAnotherJob(gem: MockGem): string | undefined {
  return living(gem, 'job_stages').find(({ job_id }) => job_id !== openJob(gem))?.id;
}

function note(gem: MockGem, body: object): Asking & { path: string } {
  const [candidate] = living(gem, 'candidates');
  const path = `/ats/v0/candidates/${candidate?.id}/activity_feed/notes`;
  return { path, method: 'POST', body: { body: 'Called.', visibility: 'public', ...body } };
}

function missing(field: string): object {
  return { json: { [field]: ['Missing data for required field.'] } };
}
