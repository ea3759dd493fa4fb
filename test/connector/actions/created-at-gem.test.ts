// Which of the applications that Gem answers with, or is found with, is the new one (kombo-unified-api §3.2).
import { describe, expect, test } from 'vitest';
import { createAtGem, isRefusalOfSource } from '../../../connector/actions/create-at-gem.ts';
import { GemNotFound, GemRefusedInput, GemUnavailable } from '../../../connector/gem/errors.ts';
import { applicationRecord, candidateRecord } from '../../support/gem-records.ts';
import { scriptGem, type Asked } from './support/scripted-gem.ts';

const body = { first_name: 'Jane', last_name: 'Doe', email: 'jane+1@example.com', job_id: 'job' };
const application = (id: string, day: number, more: object = {}) =>
  Object.assign(
    applicationRecord(id, 'jane', {
      applied_at: `2026-03-0${day}T09:00:00.000Z`,
      jobs: [{ id: 'job', name: 'Engineer' }],
    }),
    more,
  );
const email_addresses = [{ type: 'personal' as const, value: body.email, is_primary: true }];
const jane = (...applications: ReturnType<typeof application>[]) =>
  candidateRecord('jane', { applications, email_addresses });

const nothing = {
  shown: { applications: new Set<string>(), candidates: new Set<string>(), since: '' },
  since: '',
  files: [],
};
const isRead = ({ method }: Asked) => method === 'GET';

/** A Gem that loses the answers to its writes, and lists somebody. */
const losing = (...people: object[]) => scriptGem((one) => (isRead(one) ? [200, people] : null));

describe('of the applications that Gem answers with', () => {
  test('the newest to the job is the new one', async () => {
    const other = application('other job', 9, { jobs: [{ id: 'other', name: 'Designer' }] });
    const all = jane(application('old', 1), application('new', 3), application('older', 2), other);
    const { gem, asked } = await scriptGem(() => [201, all]);
    const created = await createAtGem(gem, body, nothing);
    expect([created.candidateId, created.applicationId]).toEqual(['jane', 'new']);
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /ats/v0/candidates/']);
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual(body);
  });

  test('there has to be one to the job', async () => {
    for (const answered of [
      jane(),
      jane(application('a', 1, { jobs: [{ id: 'other', name: 'Designer' }] })),
    ]) {
      const { gem } = await scriptGem(({ method, path }) =>
        method === 'GET' && path.endsWith('/applications/') ? [200, []] : [201, answered],
      );
      await expect(createAtGem(gem, body, nothing)).rejects.toThrow(
        'Gem answered the creation of an application without one',
      );
    }
  });
});

describe('when the answer is lost', () => {
  const before = (...ids: string[]) => ({
    ...nothing,
    shown: { ...nothing.shown, applications: new Set(ids) },
  });

  test('the person is looked up by the address', async () => {
    const { gem, asked } = await losing(candidateRecord('other'), jane(application('new', 1)));
    expect((await createAtGem(gem, body, nothing)).applicationId).toBe('new');
    expect(asked.filter(isRead).map(({ path, query }) => [path, query.get('email')])[0]).toEqual([
      '/ats/v0/candidates/',
      'jane+1@example.com',
    ]);
  });

  test('what is new is the created one, whoever of those with the address has it, and whatever became of it', async () => {
    const twin = candidateRecord('twin', {
      email_addresses,
      applications: [application('fresh', 1, { candidate_id: 'twin', status: 'rejected' })],
    });
    const { gem } = await losing(jane(application('old', 9)), twin);
    const created = await createAtGem(gem, body, before('old'));
    expect([created.candidateId, created.applicationId]).toEqual(['twin', 'fresh']);
  });

  test('a person on a later page is found', async () => {
    const pages = [[jane(application('old', 9))], [Object.assign(jane(application('new', 1)), { id: 'b' })]];
    const { gem } = await scriptGem((one) =>
      isRead(one) ? [200, pages[Number(one.query.get('page') ?? 1) - 1] ?? []] : null,
    );
    expect((await createAtGem(gem, body, before('old'))).applicationId).toBe('new');
  });

  test.each([
    [
      'the application is to no job',
      [jane(application('a', 1, { jobs: [{ id: 'b', name: 'B' }] }))],
      before(),
    ],
    ['nobody is found', [], before()],
    [
      'somebody else is listed',
      [{ ...jane(application('a', 1)), email_addresses: [{ value: 'x@y.example' }] }],
      before(),
    ],
    ['the application was there before', [jane(application('known', 1))], before('known')],
    [
      'nobody knows what was there before, and it is an old one',
      [jane(application('old', 1))],
      { ...nothing, shown: undefined, since: '2026-03-02T00:00:00.000Z' },
    ],
    [
      'nobody knows what was there before, and it has been decided upon',
      [jane(application('old', 3, { status: 'rejected' }))],
      { ...nothing, shown: undefined, since: '2026-03-02T00:00:00.000Z' },
    ],
  ])('it was not written if %s, and is tried again', async (_, people, known) => {
    const { gem, asked } = await losing(...people);
    await expect(createAtGem(gem, body, known)).rejects.toThrow(GemUnavailable);
    expect(asked.filter((one) => !isRead(one))).toHaveLength(3);
  });

  test('a person whom Gem knows by the LinkedIn handle is found among the latest applications to the job', async () => {
    const known = { ...jane(), email_addresses: [{ value: 'other@example.com' }] };
    const linked = { ...known, social_media_addresses: [{ value: 'https://www.linkedin.com/in/Jane-D/' }] };
    const { gem } = await scriptGem(({ method, path }) => {
      if (method !== 'GET') return null;
      if (path.endsWith('/applications/'))
        return [200, [application('of another', 1, { candidate_id: 'x' }), application('new', 1)]];
      if (path.endsWith('/jane')) return [200, linked];
      return [200, path.endsWith('/x') ? { ...known, id: 'x' } : []];
    });
    const created = await createAtGem(gem, { ...body, linkedin_handle: 'jane-d' }, before());
    expect([created.candidateId, created.applicationId]).toEqual(['jane', 'new']);
  });
});

describe('a refusal of Gem', () => {
  const refusing = (errors: object | undefined) =>
    scriptGem(() => [400, { code: 400, status: 'Bad Request', ...(errors && { errors }) }]);

  test('because the person has applied already is told as such', async () => {
    const { gem } = await refusing({ duplicate_candidate: { id: 'jane' } });
    await expect(createAtGem(gem, body, nothing)).rejects.toMatchObject({
      code: 'ATS.APPLICATION_ALREADY_EXISTS',
      cause: expect.any(GemRefusedInput),
    });
  });

  test.each([{ json: { email: ['no'] } }, {}, undefined])(
    'for other errors, %j, stays as it is',
    async (errors) => {
      const { gem } = await refusing(errors);
      await expect(createAtGem(gem, body, nothing)).rejects.toThrow(GemRefusedInput);
    },
  );
});

test('a refusal without a word stays as it is', async () => {
  const { gem } = await scriptGem(() => [400, 'no']);
  await expect(createAtGem(gem, body, nothing)).rejects.toThrow(GemRefusedInput);
});

describe('a refusal of the source', () => {
  const refused = (errors?: Record<string, unknown>) =>
    new GemRefusedInput('createCandidate', 'no', {
      status: 422,
      problem: {
        code: 422,
        status: 'Unprocessable Entity',
        ...(errors && { errors }),
      } as GemRefusedInput['problem'],
    });

  test('names the field of the source', () => {
    expect(isRefusalOfSource(refused({ json: { source_id: ['Unknown source.'] } }))).toBe(true);
  });

  test.each([
    refused({ json: { email: ['no'] } }),
    refused({ json: 'source_id' }),
    refused({ json: null }),
    refused({}),
    refused(),
    new GemRefusedInput('createCandidate', 'no', { status: 422, problem: undefined }),
    new GemNotFound('createCandidate', 'no'),
    undefined,
  ])('is not any other failure: %s', (error) => {
    expect(isRefusalOfSource(error)).toBe(false);
  });
});
