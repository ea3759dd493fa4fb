// What the connector needs of Gem, said through the connector's own client. Each run writes the pact to a folder of
// its own; the last test holds it against the committed one, so that a changed promise shows as a diff.
// `npm run generate:pact` writes the committed file anew.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MatchersV3, PactV3, type V3Request } from '@pact-foundation/pact';
import { afterAll, describe, expect, test } from 'vitest';
import {
  createGemClient,
  GemRefusedInput,
  GemRefusedKey,
  GemThrottled,
  pagesOf,
} from '../../connector/gem/index.ts';
import { gemDescription } from '../../contracts/gem.ts';
import { root } from '../support/process.ts';
import { shapes } from './pact-shapes.ts';

const { eachLike, fromProviderState, like } = MatchersV3;

const names = { consumer: 'mock-gem-connector', provider: 'gem' };
const written = mkdtempSync(join(tmpdir(), 'mock-gem-pact-'));
afterAll(() => rmSync(written, { recursive: true, force: true }));
const committed = join(root, 'contracts/pacts', `${names.consumer}-${names.provider}.json`);

const apiKey = 'PactWorldPactWorldPactWorldPactWorldPact';
const headers = { 'X-API-Key': apiKey };

/** Runs one interaction and gives its client to the code under test. */
async function interact(
  pact: PactV3,
  use: (gem: ReturnType<typeof createGemClient>) => Promise<void>,
  key = apiKey,
): Promise<void> {
  await pact.executeTest(({ url }) => use(createGemClient({ url, apiKey: key, retry: { limit: 0 } })));
}

function newPact(): PactV3 {
  return new PactV3({ ...names, dir: written, logLevel: 'error' });
}

/** The path of an operation, with an id that the provider puts in. */
function pathOf(operation: string, example?: Record<string, string>): V3Request['path'] {
  const path = gemDescription.operations.get(operation)?.path ?? '';
  if (!example) return path;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => example[name] ?? '');
  return fromProviderState(path.replaceAll('{', '${'), filled);
}

const listings = [
  ['listUsers', true],
  ['listJobs', true],
  ['listJobStages', true],
  ['listJobPosts', false],
  ['listCandidates', true],
  ['listApplications', true],
  ['listScheduledInterviews', true],
] as const;

describe('reading a list', () => {
  test.each(listings)('%s', async (operation, include_deleted) => {
    const query = include_deleted ? { include_deleted: 'true' } : {};
    const ask = (page: number) => ({
      method: 'GET',
      path: pathOf(operation),
      query: { ...query, page: String(page), per_page: '500' },
      headers,
    });
    const pact = newPact()
      .given('a world from the scenario', { scenario: 'default' })
      .uponReceiving(`${operation}: the first page`)
      .withRequest(ask(1))
      .willRespondWith({ status: 200, body: eachLike(shapes[operation]) })
      .given('a world from the scenario', { scenario: 'default' })
      .uponReceiving(`${operation}: a page past the end`)
      .withRequest(ask(2))
      .willRespondWith({ status: 200, body: [] });
    await interact(pact, async (gem) => {
      const pages: number[] = [];
      for await (const { records } of pagesOf(gem, operation, query)) pages.push(records.length);
      expect(pages).toEqual([1, 0]);
    });
  });
});

describe('reading one record', () => {
  test('getCandidate', async () => {
    const candidate_id = 'Q2FuZGlkYXRlOjEwMDAwMDAx';
    const pact = newPact()
      .given('a world from the scenario', { scenario: 'default' })
      .uponReceiving('getCandidate: one that exists')
      .withRequest({ method: 'GET', path: pathOf('getCandidate', { candidate_id }), headers })
      .willRespondWith({ status: 200, body: like(shapes.listCandidates) });
    await interact(pact, async (gem) => {
      const candidate = await gem.send('getCandidate', { path: { candidate_id } });
      expect(candidate).toHaveProperty('id');
    });
  });

  test('listTeamUsers: the users to act for', async () => {
    const pact = newPact()
      .given('a world from the scenario', { scenario: 'default' })
      .uponReceiving('listTeamUsers: the users to act for')
      .withRequest({ method: 'GET', path: pathOf('listTeamUsers'), headers })
      .willRespondWith({
        status: 200,
        body: eachLike({ id: 'VXNlcjox', name: 'Priya Raman', email: 'p@example.com' }),
      });
    await interact(pact, async (gem) => {
      expect(await gem.call('listTeamUsers')).toHaveLength(1);
    });
  });
});

describe('writing', () => {
  const person = { first_name: 'Ada', last_name: 'Lovelace' };
  const job_id = 'am9iOldPiCihyBbolL9PG-8Av8w';
  const create = (email: string) => ({
    method: 'POST',
    path: pathOf('createCandidate'),
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: { ...person, email, job_id: fromProviderState('${job_id}', job_id) },
  });

  test('createCandidate: a new person', async () => {
    const email = 'ada@example.com';
    const pact = newPact()
      .given('a world from the scenario', { scenario: 'default' })
      .uponReceiving('createCandidate: a new person')
      .withRequest(create(email))
      .willRespondWith({
        status: 201,
        body: like({
          ...shapes.listCandidates,
          email_addresses: [{ value: email, type: 'personal', is_primary: true }],
        }),
      });
    await interact(pact, async (gem) => {
      const answer = await gem.send('createCandidate', { body: { ...person, email, job_id } });
      expect(answer).toMatchObject({ email_addresses: [{ type: 'personal' }] });
    });
  });

  test('createCandidate: somebody who has an active application to the job', async () => {
    const email = 'siobhan.oneill@example.org';
    const pact = newPact()
      .given('a world from the scenario', { scenario: 'default' })
      .uponReceiving('createCandidate: somebody who has an active application to the job')
      .withRequest(create(email))
      .willRespondWith({
        status: 400,
        body: {
          code: 400,
          status: 'Bad Request',
          errors: { duplicate_candidate: { id: like('Q2FuZGlkYXRlOjEwMDAwMDA0') } },
        },
      });
    await interact(pact, async (gem) => {
      const refused = gem.send('createCandidate', { body: { ...person, email, job_id } });
      await expect(refused).rejects.toBeInstanceOf(GemRefusedInput);
      await expect(refused).rejects.toMatchObject({
        status: 400,
        problem: { errors: { duplicate_candidate: { id: expect.any(String) } } },
      });
    });
  });

  test('uploadResume', async () => {
    const ids = { candidate_id: 'Q2FuZGlkYXRlOjEwMDAwMDAx', user_id: 'VXNlcjoxMDAwMDAy' };
    const file = join(written, 'resume.pdf');
    writeFileSync(file, '%PDF-1.4\n');
    const pact = newPact()
      .given('a world from the scenario', { scenario: 'default' })
      .uponReceiving('uploadResume: a PDF')
      .withRequestMultipartFileUpload(
        { method: 'POST', path: pathOf('uploadResume', ids), headers },
        'application/pdf',
        file,
        'resume_file',
        'boundary-of-the-pact',
      )
      .willRespondWith({
        status: 201,
        body: like({ id: 'YXR0YWNobWVudDo', filename: 'resume.pdf', created_at: 1_763_283_600 }),
      });
    await interact(pact, async (gem) => {
      const form = new FormData();
      form.append('resume_file', new Blob([readFileSync(file)], { type: 'application/pdf' }), 'resume.pdf');
      expect(await gem.send('uploadResume', { path: ids, form })).toHaveProperty('filename', 'resume.pdf');
    });
  });
});

describe('being refused', () => {
  test('a key that Gem does not know', async () => {
    const pact = newPact()
      .given('no key is known')
      .uponReceiving('listTeamUsers: with an unknown key')
      .withRequest({ method: 'GET', path: pathOf('listTeamUsers'), headers: { 'X-API-Key': 'unknown' } })
      .willRespondWith({ status: 403, body: { message: 'Forbidden' } });
    await interact(
      pact,
      async (gem) => {
        await expect(gem.call('listTeamUsers')).rejects.toBeInstanceOf(GemRefusedKey);
      },
      'unknown',
    );
  });

  test('too many requests', async () => {
    const pact = newPact()
      .given('the rate limit is used up', { scenario: 'default' })
      .uponReceiving('listTeamUsers: above the rate limit')
      .withRequest({ method: 'GET', path: pathOf('listTeamUsers'), headers })
      .willRespondWith({ status: 429, body: { message: 'Too Many Requests' } });
    await interact(pact, async (gem) => {
      await expect(gem.call('listTeamUsers')).rejects.toBeInstanceOf(GemThrottled);
    });
  });
});

test('the committed pact is what these tests wrote', () => {
  const pact = readFileSync(join(written, `${names.consumer}-${names.provider}.json`), 'utf8');
  if (process.env['WRITE_PACT']) writeFileSync(committed, pact);
  expect(promises(readFileSync(committed, 'utf8')), 'to take it over: npm run generate:pact').toEqual(
    promises(pact),
  );
});

/** A pact without the versions of the tools that wrote it. */
function promises(text: string): unknown {
  const { metadata: _tools, ...pact } = JSON.parse(text) as { metadata: object };
  return pact;
}
