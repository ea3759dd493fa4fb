// Every rule of the catalogue on this project's own connector.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Adapter } from '../../contracts/harness/adapter.ts';
import { guardsOf } from '../../contracts/harness/list-rules.ts';
import { ruleNames } from '../../contracts/harness/load-rules.ts';
import { verifyConnector } from '../../contracts/harness/verify-connector.ts';
import { startMockGem, type MockGem } from '../../mock-server/server.ts';
import { placeOnPostgres } from '../support/databases.ts';
import { startOwnConnector } from '../support/own-connector.ts';
import { rules } from './support/mutants.ts';

let gem: MockGem;
let connector: Adapter;

beforeAll(async () => {
  gem = await startMockGem({ port: 0 });
  connector = await startOwnConnector(await placeOnPostgres());
});
afterAll(async () => {
  await connector?.close?.();
  await gem?.close();
});

const ofThePage = [
  'first-office',
  'all-offices',
  'first-department',
  'all-departments',
  'posting-text',
  'initial-source',
  'application-source',
  'personal-emails',
  'resume-attachments',
];

describe('the catalogue', () => {
  test("has the nine rules of Kombo's page, and many more", () => {
    expect(ruleNames).toEqual(expect.arrayContaining(ofThePage));
    expect(ruleNames.length).toBeGreaterThan(100);
  });

  test.each(rules)('$name says what it is, and how connectors get it wrong', ({ rule }) => {
    expect(rule.statement).toMatch(/^[^.]{20,160}$/);
    expect(rule.evidence.source).toMatch(/\w/);
    expect(rule.mutants.length).toBeGreaterThan(0);
    const names = rule.mutants.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

test('every row of the connector’s page is looked at by a rule, or it says why none can', () => {
  const rows = guardsOf(rules);
  expect(rows).toHaveLength(113 + 50);
  expect(rows.filter(({ rules: names, remark }) => names.length === 0 && remark === undefined)).toEqual([]);
});

test('our own connector keeps every rule', async () => {
  const { entries } = await verifyConnector({
    gem: gem.control,
    applicationSecret: gem.applicationSecret,
    connector,
    subject: 'our own',
    seed: Number(process.env['DEEP_SEED'] ?? 20),
    worlds: Number(process.env['DEEP_RUNS'] ?? 1),
    // The law of varied accounts looks at many more of them.
    variations: process.env['DEEP'] ? 4 : 0,
  });
  expect(entries.filter(({ state }) => state !== 'held')).toEqual([]);
  expect(entries.map(({ name }) => name).slice(0, ruleNames.length)).toEqual(ruleNames);
}, 3_600_000);
