// A connector that rests on a guess is told so, with the guess, in worlds that vary.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account, Adapter } from '../../../contracts/harness/adapter.ts';
import {
  toTable,
  verifyConnector,
  type Report,
  type VerifyConnector,
} from '../../../contracts/harness/index.ts';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';

let gem: MockGem;
beforeAll(async () => {
  gem = await startMockGem({ port: 0 });
});
afterAll(() => gem.close());

interface SentUser {
  id: string;
  first_name: string;
  last_name: string;
  employee_id?: string | null;
  deleted_at?: string | null;
  updated_at: string;
}

/** A connector that reads users, page by page, and no more. */
function usersOnly(keep: (user: SentUser) => boolean): Adapter {
  const kept = new Map<string, SentUser[]>();
  return {
    covers: ['users.first_name', 'users.last_name', 'whole items'],
    async sync(account: Account) {
      const users: SentUser[] = [];
      for (let page = 1; ; page += 1) {
        const answer = await fetch(`${account.url}/ats/v0/users/?per_page=100&page=${page}`, {
          headers: { 'X-API-Key': account.apiKey },
        });
        const records = (await answer.json()) as SentUser[];
        users.push(...records.filter(keep));
        if (records.length === 0) break;
      }
      kept.set(account.apiKey, users);
    },
    // Only the names are looked at.
    list: async (account, list) =>
      list !== 'users'
        ? []
        : ((kept.get(account.apiKey) ?? []).map(({ id, first_name, last_name }) => ({
            id,
            remote_id: id,
            first_name,
            last_name,
            email: null,
            status: 'ACTIVE',
            remote_data: null,
            changed_at: '2026-01-01T00:00:00.000Z',
            remote_deleted_at: null,
            system_roles: [],
          })) as never),
    act: async () => ({ status: 501, body: {} }),
  };
}

function verify(connector: Adapter, more: Partial<VerifyConnector> = {}): Promise<Report> {
  const { applicationSecret } = gem;
  const rules = ['user-names', 'every-record'];
  const told = { gem, applicationSecret, connector, subject: 'users only', rules, worlds: 1 };
  return verifyConnector({ ...told, shrinks: true, ...more });
}

const varying = ({ entries }: Report) => entries.filter(({ group }) => group === 'varying');

test('a connector without unproven assumptions holds in varied worlds', async () => {
  const report = await verify(usersOnly(() => true));
  expect(varying(report), toTable(report)).toMatchObject([{ name: 'variations', state: 'held' }]);
  expect(varying(report)[0]?.remark).toMatch(/^\d{2,} forms in 4 worlds$/);
});

describe('a connector that rests on a guess', () => {
  test('is told which, what is lost by it, and how to see it again', async () => {
    const report = await verify(usersOnly((user) => user.employee_id !== undefined));
    expect(varying(report), toTable(report)).toMatchObject([
      {
        name: 'User.employee_id',
        statement: 'the rules hold when `User.employee_id` is `missing`',
        evidence: { grade: 'lineage' },
        state: 'broken',
        remark: expect.stringMatching(/^it loses \d+ users, and breaks 1 rule: every-record$/),
        example: { replay: expect.stringContaining('--variation User.employee_id=missing') },
      },
    ]);
    // Without any variation nothing is wrong.
    expect(report.entries.filter(({ group, state }) => group !== 'varying' && state === 'broken')).toEqual(
      [],
    );
  });

  test('is told how many varied at once, where the fewest are not looked for', async () => {
    const report = await verify(
      usersOnly((user) => user.employee_id !== undefined),
      { shrinks: false },
    );
    const [first] = varying(report);
    const [, count] = /^(\d+) guesses at once$/.exec(first?.name ?? '') ?? [];
    expect(first?.example?.replay.match(/--variation/g)).toHaveLength(Number(count));
    expect(toTable(report).split('User.employee_id')).toHaveLength(2);
  });

  test('is told all of them, each by itself', async () => {
    const isWhole = ({ employee_id: number, deleted_at: deleted }: SentUser) =>
      number !== undefined && deleted !== undefined;
    const names = varying(await verify(usersOnly(isWhole))).map(({ name }) => name);
    expect(names.toSorted()).toEqual(['User.deleted_at', 'User.employee_id']);
  });

  test('is told that it fails, where it does', async () => {
    const report = await verify(
      usersOnly((user) => {
        if (!user.updated_at.endsWith('Z')) throw new Error('a moment without a Z');
        return true;
      }),
    );
    expect(varying(report).map(({ name, remark }) => [name, remark])).toEqual([
      ['times', 'the connector fails'],
    ]);
    expect(varying(report)[0]?.contradictions[0]?.got).toContain('a moment without a Z');
  });
});

test('worlds vary as requested, or not at all', async () => {
  const strict = usersOnly((user) => user.employee_id !== undefined);
  expect(varying(await verify(strict, { variations: 0 }))).toEqual([]);
  const only = await verify(strict, { variation: { 'User.employee_id': 'missing' } });
  expect(only.entries.map(({ name, state }) => [name, state])).toEqual([['User.employee_id', 'broken']]);
  const other = await verify(strict, { variation: { 'Job.opened_at': 'missing when unset' } });
  expect(other.entries.map(({ name, state }) => [name, state])).toEqual([['variations', 'held']]);
});
