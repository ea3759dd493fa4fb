// When Gem has written, the answer is a success, whatever Gem answers and whatever can be read afterwards.
import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { addApplicationResultLink } from '../../../connector/actions/add-result-link.ts';
import { createApplication, createCandidate } from '../../../connector/api/create-answers.ts';
import { moveApplicationToStage } from '../../../connector/actions/move-application-to-stage.ts';
import type { Services } from '../../../connector/actions/services.ts';
import { jobRecord } from '../../support/gem-records.ts';
import { answer } from '../../support/stub-gem.ts';
import { useAccounts, type Account } from './support/accounts.ts';
import { startSmallGem, type SmallGem } from './support/small-gem.ts';

const synced = useAccounts();
const pdf = Buffer.from('%PDF-1.4').toString('base64');
const file = (name: string) => ({ name, type: 'CV' as const, content_type: 'application/pdf', data: pdf });

let people = 0;
let shared: Promise<Account> | undefined;
let current: SmallGem;

/** A new Gem for the account that all tests share. */
async function start(): Promise<{ small: SmallGem; account: Account }> {
  current = await startSmallGem();
  shared ??= synced({ listJobs: [jobRecord('job')] }, current.gem);
  const account = await shared;
  account.services.clientOf = () => current.gem;
  return { small: current, account };
}

/** Creates an application of somebody new, with files. */
async function apply({ services, integration }: Account, attachments = [file('cv.pdf')]): Promise<Answered> {
  people += 1;
  const email_address = `jane-${people}@example.com`;
  const candidate = { first_name: 'Jane', last_name: 'Doe', email_address };
  const told = await createApplication(services, integration, 'remote:job', { candidate, attachments });
  return JSON.parse(told.bytes.toString());
}

interface Answered {
  status: string;
  data: { remote_id: string; job_id: string; candidate: { first_name: string; remote_id: string } };
  warnings: { message: string }[];
}

type Instead = (response: ServerResponse, written: object) => unknown;
const json = { 'Content-Type': 'application/json' };

/** What can come in place of the answer to a write that was done. */
const answers: [string, Instead][] = [
  [
    'broken JSON',
    (response, written) => response.writeHead(201, json).end(JSON.stringify(written).slice(0, 40)),
  ],
  [
    'a page of HTML',
    (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Welcome</h1>'),
  ],
  ['nothing, with 201', (response) => response.writeHead(201).end()],
  ['nothing, with 204', (response) => response.writeHead(204).end()],
  ['null', (response) => answer(response, 201, null)],
  ['an empty object', (response) => answer(response, 201, {})],
  ['a list', (response, written) => answer(response, 201, [written])],
  ['a text', (response) => answer(response, 200, 'created')],
  ['a redirect', (response) => response.writeHead(303, { Location: '/elsewhere' }).end()],
  [
    'an end after the headers',
    (response) => response.writeHead(201, { ...json, 'Content-Length': 500 }).flushHeaders(),
  ],
  ['a cut', (response) => response.destroy()],
  ['an error of the gateway', (response) => answer(response, 504, { message: 'Endpoint request timed out' })],
];
const cutSoon: Instead = (response) => setTimeout(() => response.destroy(), 20);

function insteadOf(
  small: SmallGem,
  isIt: (path: string) => boolean,
  [about, reply]: [string, Instead],
): void {
  small.instead = ({ path }, response, written) => {
    if (written === undefined || !isIt(path)) return false;
    reply(response, written);
    if (about === 'an end after the headers') cutSoon(response, written);
    return true;
  };
}

describe.each(answers)('where the answer to a write is %s', (...how) => {
  test('an application is created once, and answered', async () => {
    const { small, account } = await start();
    insteadOf(small, (path) => path.endsWith('/candidates'), how);
    const { status, data, warnings } = await apply(account);
    expect([status, warnings, small.candidates.length]).toEqual(['success', [], 1]);
    expect(data).toMatchObject({
      remote_id: `${small.prefix}application-0`,
      candidate: { remote_id: `${small.prefix}candidate-0` },
    });
    expect(small.files.map(({ filename }) => filename)).toEqual(['cv.pdf']);
  });

  test('a file is uploaded once, without a warning', async () => {
    const { small, account } = await start();
    insteadOf(small, (path) => path.includes('/uploaded_resumes/'), how);
    const { warnings } = await apply(account, [file('cv.pdf'), file('cv.pdf'), file('b.pdf')]);
    expect(warnings).toEqual([]);
    expect(small.files.map(({ filename }) => filename)).toEqual(['cv.pdf', 'cv.pdf', 'b.pdf']);
  });

  test('a note is written once, and an application moved once', async () => {
    const { small, account } = await start();
    const { services, integration, id } = account;
    const { data } = await apply(account, []);
    insteadOf(small, (path) => /\/(notes|move)$/.test(path), how);
    const link = { label: 'A', url: 'https://example.com/1' };
    expect(await addApplicationResultLink(services, integration, id(data.remote_id), link)).toMatchObject({
      status: 'success',
    });
    expect(small.notes).toHaveLength(1);
    const move = { stage_id: id('stage-2') };
    expect(await moveApplicationToStage(services, integration, id(data.remote_id), move)).toMatchObject({
      status: 'success',
      warnings: [],
    });
    expect(small.asked.filter(({ path }) => path.endsWith('/move'))).toHaveLength(1);
    const row = (await account.rows('ats_applications')).find((one) => one.remote_id === data.remote_id);
    expect(row).toMatchObject({ current_stage_id: id('stage-2') });
  });
});

describe('where Gem shows what it has made', () => {
  const application = (one: object) => ('applications' in one ? one : undefined);
  const without =
    (...keys: string[]) =>
    (one: object) =>
      Object.fromEntries(Object.entries(one).filter(([key]) => !keys.includes(key)));
  const nested = (change: object) => (one: object) => {
    const applications = application(one)?.applications;
    return Array.isArray(applications)
      ? { ...one, applications: applications.map((each: object) => Object.assign({}, each, change)) }
      : { ...one, ...change };
  };

  test.each([
    ['without applications', without('applications')],
    ['without applications and their ids', without('applications', 'application_ids')],
    [
      'with null for its applications',
      (one: object) => ({ ...one, ...(application(one) && { applications: null }) }),
    ],
    [
      'with the ids of its applications only',
      (one: object) => ({ ...one, ...(application(one) && { applications: [] }) }),
    ],
    [
      'with null for what is not set',
      nested({ rejected_at: null, rejection_reason: null, deleted_at: null }),
    ],
    ['in a status that nobody knows', nested({ status: 'on_hold' })],
    ['without a job', nested({ jobs: [] })],
    ['with null for its job', nested({ jobs: null })],
    ['without a stage', nested({ current_stage: null })],
    ['without times', nested({ applied_at: null, last_activity_at: null })],
    ['without its candidate', nested({ candidate_id: undefined })],
    [
      'with nothing but ids',
      (one: object) => ({
        id: Reflect.get(one, 'id'),
        ...(application(one) && { applications: Reflect.get(one, 'applications') }),
      }),
    ],
    [
      'with fields of other kinds',
      (one: object) => ({
        ...one,
        email_addresses: one && 'email_addresses' in one ? Reflect.get(one, 'email_addresses') : undefined,
        tags: 'none',
        company: 7,
        attachments: {},
      }),
    ],
  ] as [string, SmallGem['show']][])(
    '%s, both create calls answer with it, and the lists show it',
    async (_, show) => {
      const { small, account } = await start();
      const { services, integration } = account;
      small.show = show;
      expect(await apply(account)).toMatchObject({
        status: 'success',
        data: {
          remote_id: `${small.prefix}application-0`,
          job_id: account.id('job'),
          candidate: { remote_id: `${small.prefix}candidate-0` },
        },
        warnings: [],
      });
      const candidate = { first_name: 'Jane', last_name: 'Doe', email_address: `twin-${people}@example.com` };
      const told = await createCandidate(services, integration, {
        candidate,
        application: { job_id: 'remote:job' },
      });
      expect(JSON.parse(told.bytes.toString())).toMatchObject({
        status: 'success',
        data: {
          remote_id: `${small.prefix}candidate-1`,
          applications: [{ remote_id: `${small.prefix}application-1` }],
        },
      });
      expect(small.candidates).toHaveLength(2);
      const listed = (await account.rows('ats_applications')).map((row) => row.remote_id);
      expect(listed).toEqual(expect.arrayContaining([0, 1].map((n) => `${small.prefix}application-${n}`)));
    },
  );
});

test('an application that Gem shows late is waited for, and not created again', async () => {
  const { small, account } = await start();
  let looks = 0;
  small.instead = ({ method, path, query }, response, written) => {
    if (written && path.endsWith('/candidates')) return Boolean(response.destroy());
    if (method !== 'GET' || !query.has('email') || small.candidates.length === 0) return false;
    looks += 1;
    return looks < 3 && answer(response, 200, []);
  };
  expect(await apply(account)).toMatchObject({
    status: 'success',
    data: { remote_id: `${small.prefix}application-0` },
  });
  expect(small.candidates).toHaveLength(1);
});

test('an application that Gem says it has created and never shows is no failure that would be repeated', async () => {
  const { small, account } = await start();
  small.instead = ({ method, path }, response, written) => {
    if (written) return answer(response, 201, {});
    return method === 'GET' && /candidates|applications/.test(path) && answer(response, 200, []);
  };
  const told = apply(account);
  await expect(told).rejects.toMatchObject({ status: 400, code: 'ATS.APPLICATION_ALREADY_EXISTS' });
  await expect(told).rejects.toThrow('Do not repeat the call');
  expect(small.candidates).toHaveLength(1);
});

test.each(['rows are refused', 'the store is away'])(
  'where %s, what was created is answered all the same',
  async (how) => {
    const { small, account } = await start();
    const { services } = account;
    let isAway = false;
    small.instead = (_met, _response, written) => {
      if (written) isAway = true;
      return false;
    };
    const broken: Services = {
      ...services,
      database: new Proxy(services.database, {
        get(database, key) {
          if (isAway && (how === 'the store is away' || key === 'transaction')) throw new Error('away');
          const value: unknown = Reflect.get(database, key, database);
          return typeof value === 'function' ? value.bind(database) : value;
        },
      }),
    };
    const answered = await apply({ ...account, services: broken });
    expect(answered).toMatchObject({
      status: 'success',
      data: {
        remote_id: `${small.prefix}application-0`,
        job_id: account.id('job'),
        candidate: { first_name: 'Jane' },
      },
    });
    expect(answered.warnings.at(-1)?.message).toContain('the lists show it after the next sync');
    expect([small.candidates.length, small.files.length]).toEqual([1, 1]);
  },
);

test('of a person who is stored, nothing is lost to an answer that says nothing', async () => {
  const { small, account } = await start();
  const { data } = await apply(account, []);
  small.show = ({ ...one }) =>
    'email_addresses' in one ? { id: data.candidate.remote_id, applications: 7 } : one;
  const before = (await account.rows('ats_candidates')).find(
    (row) => row.remote_id === data.candidate.remote_id,
  );
  const email_address = `jane-${people}@example.com`;
  const candidate = { first_name: 'J', last_name: 'D', email_address };
  await createApplication(account.services, account.integration, 'remote:job', { candidate }).catch(() => {});
  const after = (await account.rows('ats_candidates')).find(
    (row) => row.remote_id === data.candidate.remote_id,
  );
  expect(after).toEqual(before);
});
