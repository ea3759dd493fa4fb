// The same call sent several times at once, to several processes that share a database: it is done once, and all are
// answered alike.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addApplicationResultLink } from '../../../connector/actions/add-result-link.ts';
import { createApplication } from '../../../connector/api/create-answers.ts';
import { moveApplicationToStage } from '../../../connector/actions/move-application-to-stage.ts';
import type { Services } from '../../../connector/actions/services.ts';
import type { GemClient } from '../../../connector/gem/client.ts';
import { komboId } from '../../../connector/identifiers.ts';
import { openStore, type Store } from '../../../connector/store/open-store.ts';
import { createEnvironment } from '../../../connector/store/queries/environments.ts';
import { type Integration, saveIntegration } from '../../../connector/store/queries/integrations.ts';
import { systemClock } from '../../../contracts/clock.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { answer } from '../../support/stub-gem.ts';
import { startSmallGem, type SmallGem } from './support/small-gem.ts';

let stores: Store[] = [];
let integration: Integration;
beforeAll(async () => {
  const place = await placeOnPostgres();
  const first = await openStore(place);
  stores = [first, await openStore(place)];
  const createdAt = '2026-01-01T00:00:00.000Z';
  await createEnvironment(first.database, { id: 'environment', name: 'Test', apiKey: 'key', createdAt });
  integration = await saveIntegration(first, {
    id: 'gem:same-call',
    environmentId: 'environment',
    gem: { url: 'http://gem.example', apiKey: 'secret', applicationSecret: null },
    actingUserId: 'user-1',
    jobBoardVanity: null,
    endUserOrganizationName: 'Acme',
    isRemoteDataEnabled: false,
    createdAt,
  });
});
afterAll(() => Promise.all(stores.map((store) => store.close())));

/** The same in both processes, twice in the first of them. */
function atOnce<Result>(gem: GemClient, act: (services: Services) => Promise<Result>): Promise<Result[]> {
  const [one, other] = stores.map(({ database, vault, locks }) => ({
    database,
    vault,
    locks,
    clock: systemClock,
    log: () => {},
    downloads: { bytes: 1_000_000, milliseconds: 1000, allowPrivateAddresses: false },
    clientOf: () => gem,
    requestSync: () => Promise.reject(new Error('no action asks for a sync')),
    sendEvents: () => Promise.reject(new Error('no action sends events')),
  }));
  if (!one || !other) throw new Error('there are no stores');
  return Promise.all([act(one), act(other), act(one)]);
}

let people = 0;
const someone = () => ({
  first_name: 'Jane',
  last_name: 'Doe',
  email_address: `jane-${(people += 1)}@example.com`,
});

async function create(small: SmallGem, body: Parameters<typeof createApplication>[3]) {
  const told = await atOnce(small.gem, (services) =>
    createApplication(services, integration, 'remote:job', body),
  );
  return told.map((one): { data: { id: string; remote_id: string } } => JSON.parse(one.bytes.toString()));
}

/** Gem takes its time over writes, so that the calls meet. */
function slowly(small: SmallGem): void {
  small.instead = (_met, response, written) => {
    if (written) setTimeout(() => answer(response, 201, written), 60);
    return written !== undefined;
  };
}

describe('three times at once', () => {
  test('a creation makes one application with its files, and all three are told of it', async () => {
    const small = await startSmallGem();
    slowly(small);
    const data = Buffer.from('%PDF').toString('base64');
    const attachments = [{ name: 'cv.pdf', type: 'CV' as const, content_type: 'application/pdf', data }];
    const [first, ...others] = await create(small, { candidate: someone(), attachments });
    expect(first?.data.remote_id).toBe(`${small.prefix}application-0`);
    expect(others).toEqual([first, first]);
    expect([small.candidates.length, small.files.length]).toEqual([1, 1]);
  });

  test('a result link makes one note, also where Gem does not list notes', async () => {
    for (const lists of [true, false]) {
      const small = await startSmallGem();
      const [created] = await create(small, { candidate: someone() });
      small.instead = ({ method, path }, response, written) => {
        if (written) setTimeout(() => answer(response, 201, written), 60);
        if (!lists && method === 'GET' && path.endsWith('/notes')) return answer(response, 403, {});
        return written !== undefined;
      };
      const link = { label: 'Result', url: 'https://example.com/r' };
      const answers = await atOnce(small.gem, (services) =>
        addApplicationResultLink(services, integration, created?.data.id ?? '', link),
      );
      expect(answers.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
      expect(small.notes).toHaveLength(1);
    }
  });

  test('a move is made once, also where Gem shows it late', async () => {
    for (const isLate of [false, true]) {
      const small = await startSmallGem();
      const [created] = await create(small, { candidate: someone() });
      small.instead = ({ method, path }, response, written) => {
        if (written) setTimeout(() => answer(response, 200, written), 60);
        const isShown = method === 'GET' && isLate && path.includes('/applications/');
        if (isShown) {
          const [application] = small.candidates[0]?.applications ?? [];
          return answer(response, 200, { ...application, current_stage: { id: 'stage-1', name: 'One' } });
        }
        return written !== undefined;
      };
      const move = { stage_id: komboId(integration.id, 'stage-2') };
      const answers = await atOnce(small.gem, (services) =>
        moveApplicationToStage(services, integration, created?.data.id ?? '', move),
      );
      expect(answers.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
      expect(small.asked.filter(({ path }) => path.endsWith('/move'))).toHaveLength(1);
    }
  });
});

test('calls that differ are made one after the other, and each by itself', async () => {
  const small = await startSmallGem();
  slowly(small);
  const candidate = someone();
  let number = 0;
  const told = await atOnce(small.gem, (services) =>
    createApplication(services, integration, 'remote:job', {
      candidate: { ...candidate, title: `Engineer ${(number += 1)}` },
    }),
  );
  const ids = told.map((one): string => JSON.parse(one.bytes.toString()).data.remote_id);
  expect(new Set(ids).size).toBe(3);
});

test('the same call later is one of its own', async () => {
  const small = await startSmallGem();
  const candidate = someone();
  const [first] = await create(small, { candidate });
  const [second] = await create(small, { candidate });
  expect(second?.data.id).not.toBe(first?.data.id);
  expect(small.candidates).toHaveLength(2);
});

test('a call that fails is no answer for the others: each tries by itself', async () => {
  const small = await startSmallGem();
  let refused = 0;
  small.instead = ({ path }, response, written) => {
    if (!written || !path.endsWith('/candidates') || refused > 0) return false;
    refused += 1;
    small.candidates.pop();
    return answer(response, 422, { code: 422, status: 'Unprocessable Entity' });
  };
  const outcomes = await Promise.allSettled([create(small, { candidate: someone() })]);
  expect([outcomes[0]?.status, refused]).toEqual(['rejected', 1]);
  await expect.poll(() => small.candidates.length).toBe(1);
});
