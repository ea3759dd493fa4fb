// A process that dies at any point of a creation: the call that is repeated, or the next worker, does the rest, once.
import { describe, expect, test } from 'vitest';
import { createApplication } from '../../../connector/api/create-answers.ts';
import type { Services } from '../../../connector/actions/services.ts';
import type { GemClient } from '../../../connector/gem/client.ts';
import { processLocks } from '../../../connector/store/locks.ts';
import { finishCreations } from '../../../connector/actions/finish-creation.ts';
import { readWorkSettings } from '../../../connector/work/worker.ts';
import { fixedClock } from '../../../contracts/clock.ts';
import { sql } from 'kysely';
import { jobRecord } from '../../support/gem-records.ts';
import { useAccounts, type Account } from './support/accounts.ts';
import { startSmallGem, type SmallGem } from './support/small-gem.ts';

const synced = useAccounts();
const start = '2026-06-01T00:00:00.000Z';
const file = (name: string, text: string) => ({
  name,
  type: 'CV' as const,
  content_type: 'application/pdf',
  data: Buffer.from(text).toString('base64'),
});
const attachments = [file('cv.pdf', 'one'), file('cv.pdf', 'two'), file('letter.pdf', 'three')];

let shared: Promise<Account> | undefined;
let people = 0;

/** A process: its locks are its own, and its clock stands some minutes after the beginning. */
async function processOf(gem: GemClient, minutes = 0): Promise<Account> {
  shared ??= synced({ listJobs: [jobRecord('job')] }, gem);
  const account = await shared;
  const clock = fixedClock(start);
  clock.advance(minutes * 60_000);
  const logged: string[] = [];
  const log = (message: string) => logged.push(message);
  const services: Services = { ...account.services, locks: processLocks(), clock, log, clientOf: () => gem };
  const integration = { ...account.integration, gem: { url: '', apiKey: '', applicationSecret: null } };
  return { ...account, services, integration, logged };
}

function apply({ services, integration }: Account, email: string, more: object = {}) {
  const candidate = { first_name: 'Jane', last_name: 'Doe', email_address: email, ...more };
  return createApplication(services, integration, 'remote:job', { candidate, attachments }).then(
    (told): { data: { remote_id: string }; warnings: unknown[] } => JSON.parse(told.bytes.toString()),
  );
}

/** A worker looks once for what is to be finished. */
async function work({ services, store, integration }: Account): Promise<void> {
  const { clock, log, clientOf, locks } = services;
  // In the store, the integration has no acting user.
  await sql`update integrations set acting_user_id = ${integration.actingUserId}`.execute(store.database);
  const context = { store: { ...store, locks }, clock, log, clientOf, settings: readWorkSettings() };
  const queue = { send: () => Promise.resolve() };
  await finishCreations.run({ ...context, queue }, {}, new AbortController().signal);
}

async function pendingOf({ store }: Account): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select ((select count(*) from pending_creations) + (select count(*) from pending_files))::integer as count
  `.execute(store.database);
  return rows[0]?.count ?? -1;
}

/** A client whose process dies at its nth request: before Gem gets it, or when Gem has done it. */
function dyingAt(
  gem: GemClient,
  nth: number,
  when: 'before' | 'after',
): { gem: GemClient; died: Promise<void> } {
  const death = Promise.withResolvers<void>();
  let count = 0;
  const never = () => {
    death.resolve();
    return new Promise<never>(() => {});
  };
  const ask: GemClient['ask'] = async (...call) => {
    count += 1;
    if (count === nth && when === 'before') return never();
    const answered = await gem.ask(...call);
    return count >= nth ? never() : answered;
  };
  return { gem: { ...gem, ask, send: async (...call) => (await ask(...call)).body }, died: death.promise };
}

/** What a creation asks Gem, when nothing fails. */
const requests = 7;

function made(small: SmallGem) {
  const files = small.files.map(({ filename }) => filename).toSorted();
  return [small.candidates.length, files];
}
const once = [1, ['cv.pdf', 'cv.pdf', 'letter.pdf']];

describe.each(['before', 'after'] as const)('a process that dies %s Gem acts', (when) => {
  test.each(Array.from({ length: requests }, (_, index) => index + 1))(
    'on request %i: the repeated call is answered with what was begun, whole',
    async (nth) => {
      const small = await startSmallGem();
      const email = `jane-${(people += 1)}@example.com`;
      const { gem, died } = dyingAt(small.gem, nth, when);
      void apply(await processOf(gem), email);
      await died;
      const next = await processOf(small.gem);
      const { data, warnings } = await apply(
        next,
        email.toUpperCase().replace('@EXAMPLE.COM', '@example.com'),
      );
      expect(warnings).toEqual([]);
      expect(data.remote_id).toBe(`${small.prefix}application-0`);
      expect(made(small)).toEqual(once);
      expect(await pendingOf(next)).toBe(0);
    },
  );

  test.each(Array.from({ length: requests }, (_, index) => index + 1))(
    'on request %i: a worker finishes what Gem has, and the repeated call is answered with it',
    async (nth) => {
      const small = await startSmallGem();
      const email = `jane-${(people += 1)}@example.com`;
      const { gem, died } = dyingAt(small.gem, nth, when);
      void apply(await processOf(gem), email);
      await died;
      const wasCreated = small.candidates.length > 0;
      const worker = await processOf(small.gem, 1);
      await work(worker);
      expect(made(small)).toEqual(wasCreated ? once : [0, []]);
      const rows = (await worker.rows('ats_applications')).map((row) => row.remote_id);
      expect(rows.includes(`${small.prefix}application-0`)).toBe(wasCreated);

      const { data } = await apply(await processOf(small.gem, 2), email);
      expect(data.remote_id).toBe(`${small.prefix}application-0`);
      expect(made(small)).toEqual(once);
      expect(await pendingOf(worker)).toBe(0);
    },
  );
});

test('the creation that is tested asks Gem as often as is said, each of them a point to die at', async () => {
  const small = await startSmallGem();
  await apply(await processOf(small.gem), `jane-${(people += 1)}@example.com`);
  // The job, the person, the creation, three files, and the person again.
  expect(small.asked).toHaveLength(requests);
});

test('a file that Gem cannot take now is uploaded later, once, and the caller was told so', async () => {
  const small = await startSmallGem();
  let isDown = true;
  small.instead = ({ path }, response, written) => {
    if (!written || !isDown || !path.includes('uploaded_resumes')) return false;
    small.files.pop();
    return Boolean(response.writeHead(503).end());
  };
  const account = await processOf(small.gem);
  const { warnings } = await apply(account, `jane-${(people += 1)}@example.com`);
  expect(warnings).toMatchObject(
    [0, 1, 2].map((n) => ({ message: expect.stringContaining(`attachments[${n}] is not stored yet`) })),
  );
  isDown = false;
  await work(await processOf(small.gem, 1));
  await work(await processOf(small.gem, 2));
  expect(made(small)).toEqual(once);
  expect(await pendingOf(account)).toBe(0);
});

test('what is kept of people is sealed', async () => {
  const small = await startSmallGem();
  const email = `jane-${(people += 1)}@example.com`;
  const { gem, died } = dyingAt(small.gem, 3, 'after');
  void apply(await processOf(gem), email);
  await died;
  const { store } = await processOf(small.gem);
  const { rows } = await sql<{ text: string }>`
    select (select jsonb_agg(to_jsonb(c))::text from pending_creations c)
      || (select jsonb_agg(to_jsonb(f))::text from pending_files f) as text
  `.execute(store.database);
  const text = rows[0]?.text ?? '';
  expect(text.length).toBeGreaterThan(300);
  for (const secret of [email, 'Jane', 'cv.pdf', Buffer.from('one').toString('base64')])
    expect(text).not.toContain(secret);
  await work(await processOf(small.gem, 1));
});

test('what Gem never shows is forgotten after an hour, and anything after a day', async () => {
  const small = await startSmallGem();
  const { gem, died } = dyingAt(small.gem, 3, 'before');
  const account = await processOf(gem);
  void apply(account, `jane-${(people += 1)}@example.com`);
  await died;
  await work(await processOf(small.gem, 1));
  expect(await pendingOf(account)).toBeGreaterThan(0);
  await work(await processOf(small.gem, 100));
  expect(await pendingOf(account)).toBe(0);

  const again = dyingAt(small.gem, 3, 'before');
  void apply(await processOf(again.gem), `jane-${(people += 1)}@example.com`);
  await again.died;
  await sql`update integrations set is_enabled = false`.execute(account.store.database);
  await work(await processOf(small.gem, 23 * 60));
  expect(await pendingOf(account)).toBeGreaterThan(0);
  await work(await processOf(small.gem, 25 * 60));
  expect(await pendingOf(account)).toBe(0);
  await sql`update integrations set is_enabled = true`.execute(account.store.database);
});
