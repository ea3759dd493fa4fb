import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fixedClock } from '../../contracts/clock.ts';
import { gemDescription } from '../../contracts/gem.ts';
import { violationsOf } from '../../seeds/fields.ts';
import { mapTexts, recordSchema, recordSchemaName } from '../../seeds/records.ts';
import {
  findScenario,
  defaultAnchor,
  resourceNames,
  scenarios,
  type Scenario,
  type ScenarioOptions,
  type ScenarioReference,
  type WorldSeed,
} from '../../seeds/index.ts';
import { FileScenario } from '../../seeds/scenario-file/file-scenario.ts';
import { startGem } from '../support/gem.ts';
import { root } from '../support/process.ts';

/** What the files of whole worlds start from. */
const nothing = findScenario('nothing');
const options: ScenarioOptions = { seed: 'mock-gem', anchor: defaultAnchor };

describe.each(named(scenarios))('scenario %s', (_name, scenario) => {
  test('says in one line what it is for', () => {
    expect(scenario.purpose).toMatch(/^\S.{20,}\S$/);
    expect(scenario.name).toMatch(/^[a-z0-9-]+$/);
  });

  test('describes its parameters', () => {
    for (const { name, description, type, default: value } of scenario.parameters) {
      expect(name).toMatch(/^\w+$/);
      expect(description).not.toBe('');
      expect(typeof value).toBe(type === 'integer' ? 'number' : type);
    }
  });

  test('gives the same bytes for the same seed, and others for another', () => {
    const bytes = (seed: WorldSeed) => JSON.stringify({ ...seed, identifiers: 0 });
    const first = bytes(builtOf(scenario));
    expect(bytes(scenario.build(options))).toBe(first);
    const isOther = bytes(scenario.build({ ...options, seed: 'another' })) !== first;
    // Where nothing is, there is nothing to differ in.
    expect(isOther).toBe(scenario !== nothing);
  });

  test('moves with its anchor, and with nothing else', () => {
    const day = 24 * 60 * 60_000;
    const anchor = new Date(Date.parse(defaultAnchor) - 365 * day).toISOString();
    const { records } = scenario.build({ ...options, anchor });
    const moved = builtOf(scenario).records.candidates.map(
      ({ created_at }) => Date.parse(created_at) - 365 * day,
    );
    expect(records.candidates.map(({ created_at }) => Date.parse(created_at))).toEqual(moved);
  });

  test('has only records that suit their schemas', () => {
    const { records } = builtOf(scenario);
    for (const name of resourceNames) {
      const wrong = records[name].flatMap((record) => violationsOf(recordSchemaName(name), record));
      expect(wrong.slice(0, 3), name).toEqual([]);
    }
  });

  test('has every id once, and only references that lead somewhere', () => {
    const { records } = builtOf(scenario);
    const known = Object.fromEntries(
      resourceNames.map((name) => [name, new Set(records[name].map(({ id }) => id))]),
    );
    const lost: string[] = [];
    for (const name of resourceNames) {
      expect(known[name]?.size, name).toBe(records[name].length);
      mapTexts(listOf(recordSchema(name)), records[name], (id, schema, path) => {
        const target = schema['x-refers-to'];
        if (target && !known[target]?.has(id)) lost.push(`${name} ${path.join('.')}: no ${target} ${id}`);
        return id;
      });
    }
    expect(lost).toEqual([]);
  });

  test('has the primary address of every user among all of them, and no inactive post that was not deleted', () => {
    const { users, job_posts } = builtOf(scenario).records;
    const strays = users.filter(
      ({ emails, primary_email_address }) => !emails.includes(primary_email_address),
    );
    expect(strays).toEqual([]);
    const undeleted = job_posts.filter(({ active, deleted_at }) => active !== (deleted_at === null));
    expect(undeleted).toEqual([]);
  });

  test('defines every custom field that has a value', () => {
    const { records } = builtOf(scenario);
    const defined = new Set(records.custom_fields.map(({ field_type, name }) => `${field_type} ${name}`));
    const used = (['jobs', 'applications', 'openings'] as const).flatMap((name) =>
      records[name].flatMap(({ custom_fields }) =>
        Object.keys(custom_fields).map((field) => `${name.slice(0, -1)} ${field}`),
      ),
    );
    expect(used.filter((field) => !defined.has(field))).toEqual([]);
  });

  test.skipIf(scenario === nothing)('has what Gem starts with', () => {
    const { records } = builtOf(scenario);
    const closing = records.close_reasons.map(({ name }) => name);
    expect(closing).toEqual(expect.arrayContaining(['Cancelled', 'Filled', 'On hold']));
    expect(records.sources.length).toBeGreaterThanOrEqual(7);
    expect(records.users.length).toBeGreaterThan(0);
  });

  test('labels only records that there are', () => {
    const { labels, records } = builtOf(scenario);
    const lost = Object.entries(labels).filter(
      ([, { resource, id }]) => !records[resource].some((record) => record.id === id),
    );
    expect(lost).toEqual([]);
  });

  test('has its timeline in order, after its anchor', () => {
    const { timeline } = builtOf(scenario);
    const times = timeline.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
    for (const at of times) expect(at > defaultAnchor).toBe(true);
    for (const { edit } of timeline) expect(violationsOf('Edit', edit)).toEqual([]);
  });

  test('keeps its ids apart from those that the world hands out next', () => {
    const { records, identifiers: stand } = builtOf(scenario);
    const identifiers = stand.fork();
    expect(records.candidates.map(({ id }) => id)).not.toContain(identifiers.next('candidate'));
    expect(records.job_stages.map(({ id }) => id)).not.toContain(identifiers.next('job_stage'));
  });

  test('answers every listing as described, and lets its whole timeline happen', async () => {
    const clock = fixedClock(defaultAnchor);
    const gem = await startGem({ scenario: scenario.name as ScenarioReference, clock });
    const { timeline } = builtOf(scenario);
    await readListings(gem);
    for (const { at } of timeline.slice(-1)) {
      clock.set(at);
      await readListings(gem);
    }
    expect(gem.world.timeline.failures()).toEqual([]);
    expect(gem.world.timeline.entries()).toEqual([]);
  });
});

const files = scenarios.filter((scenario) => scenario instanceof FileScenario);
/** The rules that the connector's page states. */
const documented = findScenario('default').rules;

describe('the catalogue', () => {
  test('has every file of its folder, each name once', () => {
    const found = readdirSync(join(root, 'seeds/scenarios'), { recursive: true, encoding: 'utf8' })
      .filter((name) => extname(name) === '.yaml')
      .map((name) => basename(name, '.yaml'));
    expect(files.map(({ name }) => name).toSorted()).toEqual(found.toSorted());
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
  });

  test.each(documented)('has a scenario of its own for the rule %s', (rule) => {
    expect(files.filter((scenario) => scenario.rules.includes(rule)).length).toBeGreaterThan(0);
    expect(files.find(({ name }) => name === rule)?.rules).toContain(rule);
  });

  test('tells purposes without parsing, and the same ones', () => {
    for (const scenario of files) expect(scenario.purpose, scenario.name).toBe(read(scenario).purpose);
  });

  test('is understood by editors: every file suits the published JSON Schema', () => {
    const schema = JSON.parse(readFileSync(join(root, 'seeds/scenario.schema.json'), 'utf8')) as object;
    const validate = new Ajv({ strict: false, inlineRefs: false }).compile(schema);
    for (const scenario of files) {
      expect(validate(read(scenario)) || validate.errors?.slice(0, 3), scenario.name).toBe(true);
    }
    for (const wrong of ['firstname: x', 'is_private: maybe', 'email_addresses: [[1]]']) {
      expect(validate(parse(`purpose: x\nrecords: { candidates: [{ ${wrong} }] }`)), wrong).toBe(false);
    }
    expect(validate(parse('purpose: x\ntimeline: [{ after: 1 day, do: mvoe, application: a }]'))).toBe(false);
  });

  test.each([0, 10, 400])('builds %i candidates and half as many applications again', (candidates) => {
    const { records } = build('large', { candidates });
    expect(records.candidates).toHaveLength(candidates);
    expect(records.applications).toHaveLength(candidates * 1.5);
  });

  test.each([
    ['page-boundary', 100],
    ['page-of-500', 500],
    ['one-beyond-a-page', 101],
  ])('%s has exactly %i candidates, applications and jobs', (name, count) => {
    const { candidates, applications, jobs } = build(name, {}).records;
    expect([candidates.length, applications.length, jobs.length]).toEqual([count, count, count]);
  });

  test('everything-deleted has a tombstone of each resource', () => {
    const { records } = build('everything-deleted', {});
    for (const name of resourceNames) {
      expect(
        records[name].filter(({ deleted_at }) => deleted_at !== null),
        name,
      ).not.toEqual([]);
    }
  });
});

const built = new Map<Scenario, WorldSeed>();

/** What a scenario holds; nothing here changes it. */
function builtOf(scenario: Scenario): WorldSeed {
  const known = built.get(scenario) ?? scenario.build(options);
  built.set(scenario, known);
  return known;
}

function build(name: string, parameters: Record<string, unknown>): WorldSeed {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (!scenario) throw new Error(`there is no scenario ${name}`);
  return scenario.build({ ...options, parameters });
}

function named(list: readonly Scenario[]): [string, Scenario][] {
  return list.map((scenario) => [scenario.name, scenario]);
}

function read(scenario: FileScenario): { purpose: string } {
  return parse(scenario.text, { merge: true }) as { purpose: string };
}

function listOf(schema: ReturnType<typeof recordSchema>) {
  return { type: 'array', items: schema };
}

/** Every listing that needs no more than its path, with deleted rows where it has them. */
const listings = [...gemDescription.operations.values()].filter(
  ({ id, method, path, parameters }) =>
    method === 'get' &&
    id.startsWith('list') &&
    !path.includes('{') &&
    !parameters.some(({ required }) => required),
);

async function readListings(gem: Awaited<ReturnType<typeof startGem>>): Promise<void> {
  for (const { path, parameters } of listings) {
    const has = (wanted: string) => parameters.some(({ name }) => name === wanted);
    const query = [
      has('per_page') ? 'per_page=500' : '',
      has('include_deleted') ? 'include_deleted=true' : '',
    ];
    const response = await fetch(`${gem.url}${path}?${query.filter(Boolean).join('&')}`, {
      headers: { 'x-api-key': gem.apiKey },
    });
    expect(response.status, `${path}: ${await response.text()}`).toBe(200);
  }
}
