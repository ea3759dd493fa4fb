// Laws of what is made of several records, over accounts in which recruiters have worked: whatever an explanation does not name may
// change at Gem, in all records at once, and the value stays what it is; what it names can change the value.
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { ControlRefused } from '../../../mock-server/control/client.ts';
import type { SteeredWorld } from '../../../mock-server/control/steered-world.ts';
import type { ResourceName } from '../../../seeds/index.ts';
import { useBoth } from '../../support/both.ts';

const both = useBoth();
// Each run is an account that is synced again and again: to look for a smaller one takes too long.
const runs = { numRuns: process.env['DEEP'] ? 20 : 2, endOnFailure: true };

type Value = UnifiedSchemas['ExplainedValue'];
type GemPlace = UnifiedSchemas['GemPlace'];
type Fields = Readonly<Record<string, unknown>>;

/** The models whose items hold what comes from other records. */
const words = ['jobs', 'applications', 'interviews', 'candidates'] as const;
/** The resources that they are made of. */
const resources = [
  ...(['users', 'jobs', 'job_stages', 'job_posts', 'candidates', 'applications'] as const),
  'scheduled_interviews' as const,
];

const account = fc.record({
  events: fc.integer({ min: 0, max: 40 }),
  /** Which of several is taken, each time that one is. */
  choices: fc.array(fc.nat(), { minLength: 64, maxLength: 64 }),
});

describe('what is made of several records', { timeout: 900_000 }, () => {
  test('what is named in no record never changes the value, whatever becomes of all the others', () =>
    fc.assert(fc.asyncProperty(account, keepsItsValue), runs));

  test('what is named in another record can change the value, alone or together with what else is named', () =>
    fc.assert(fc.asyncProperty(account, canChangeIt), runs));
});

interface Account {
  events: number;
  choices: number[];
}

async function keepsItsValue({ events, choices }: Account): Promise<void> {
  const { choose, world, values, valueOf, sync } = await startAccount(events, choices);
  for (let round = 0; round < 4; round += 1) {
    const word = choose(words) ?? 'jobs';
    const { id, item, all } = await values(word);
    const known = choose(all);
    if (!known) continue;
    const before = await placesNow(world, known);
    await changeAll(
      world,
      choose,
      (resource, record, field, value) =>
        isLeftAlone({ known, own: String(item['remote_id']) }, resource, record, field, value),
      new Set(known.from.map(({ remote_id: remoteId }) => remoteId)),
    );
    await sync();
    // What is done to one record may change another one at Gem: stages change places with each other.
    if ((await placesNow(world, known)) !== before) continue;
    const now = await valueOf(word, id, item, known);
    // What stands where it stood belongs to another record now.
    if (now === elsewhere) continue;
    expect([word, known.field, now, namesOf(known)]).toEqual([
      word,
      known.field,
      known.value,
      namesOf(known),
    ]);
  }
}

async function canChangeIt({ events, choices }: Account): Promise<void> {
  const { choose, world, values, valueOf, sync } = await startAccount(events, choices);
  const { id, item, all, word } = await values(choose(words)).then((found) => ({ ...found }));
  const known = choose(all.filter(({ from }) => from.some(({ reads }) => reads !== 'everything')));
  if (!known) return;
  const place = choose(known.from.filter((one) => one.pointer !== '' && !isOwnId(one)));
  if (!place) return;
  const before = await placesNow(world, known);
  let wasTried = false;
  // First by itself, then with the others that are named, each change on top of those before; last with all that says yes or no.
  const together = known.from.map((one) => ({ ...one, isYes: true }));
  for (const one of [place, place, place, ...known.from, place, place, ...together, ...together]) {
    if (one.pointer === '' || isOwnId(one)) continue;
    if (!(await changePlace(world, choose, one))) continue;
    if ((await placesNow(world, known)) === before) continue;
    wasTried = true;
    await sync();
    const now = await valueOf(word, id, item, known);
    if (now === elsewhere || JSON.stringify(now) !== JSON.stringify(known.value)) return;
  }
  // A field that nobody can change by hand proves nothing.
  expect([word, known.field, known.value, place.route, place.pointer, wasTried]).toEqual([
    word,
    known.field,
    known.value,
    place.route,
    place.pointer,
    false,
  ]);
}

/** An account of its own in which recruiters have worked, and that was synced. */
async function startAccount(events: number, choices: readonly number[]) {
  const world = await both.gem.openWorld();
  if (events > 0) await world.simulation.play(events);
  const gem = { url: both.gem.url, apiKey: world.key, applicationSecret: both.gem.applicationSecret };
  const { id: integrationId } = await both.connector.connect({ gem, isRemoteDataEnabled: true });
  const sync = () => both.connector.sync(integrationId);
  await sync();
  const headers = { Authorization: `Bearer ${both.connector.apiKey}`, 'X-Integration-Id': integrationId };
  const ask = async (path: string): Promise<unknown> => {
    const response = await fetch(`${both.connector.apiUrl}${path}`, { headers });
    return response.json();
  };
  let next = 0;
  const choose = <Item>(all: readonly Item[]): Item | undefined => {
    const choice = choices[next % choices.length] ?? 0;
    next += 1;
    return all[choice % Math.max(1, all.length)];
  };
  const itemOf = async (word: string, id: string): Promise<Fields | undefined> => {
    const { data } = (await ask(`/ats/${word}?ids=${id}&include_deleted=true`)) as {
      data: { results: Fields[] };
    };
    return data.results[0];
  };
  /** The values of some item that are made of other records than its own. */
  const values = async (word: (typeof words)[number] | undefined = 'jobs') => {
    const { data } = (await ask(`/ats/${word}?page_size=100`)) as { data: { results: Fields[] } };
    const item = choose(data.results) ?? {};
    const id = String(item['id']);
    const answer = (await ask(`/explain/${word}/${id}?ask_gem=false`)) as UnifiedSchemas['ExplainAnswer'];
    const own = answer.data.remote_id;
    const others = answer.data.values.filter(({ from }) =>
      from.some(({ remote_id: other }) => other !== own),
    );
    // Half of the time one that several records decide: they are few among the many that are only taken over.
    const decided = others.filter(({ field }) => /^(?:description|post_url|stage_id|.*\.id)$/.test(field));
    const all = decided.length > 0 && choose([true, false]) ? decided : others;
    return { word, id, item, all };
  };
  const valueOf = async (word: string, id: string, before: Fields, { field }: Value) => {
    const item = await itemOf(word, id);
    return item && inItem(item, before, field);
  };
  return { world, choose, values, valueOf, sync };
}

const elsewhere = Symbol('another record stands there');

/** The value of a field; an entry of a list is found again by its id. */
function inItem(now: Fields, before: Fields, field: string): unknown {
  let [here, was]: [unknown, unknown] = [now, before];
  for (const step of field.split(/[.[\]]+/).filter(Boolean)) {
    was = Reflect.get(Object(was), step);
    here = Array.isArray(here)
      ? here.find((one) => Reflect.get(Object(one), 'id') === Reflect.get(Object(was), 'id'))
      : Reflect.get(Object(here), step);
    if (here === undefined) return elsewhere;
  }
  return here;
}

/** What Gem shows in all places that are named for a value. */
async function placesNow(world: SteeredWorld, { from }: Value): Promise<string> {
  const shown = new Map<string, Map<unknown, Fields>>();
  const found: unknown[] = [];
  for (const { route, remote_id: id, pointer } of from) {
    if (!shown.has(route)) shown.set(route, await shownByGem(world, route));
    const steps = pointer.split('/').slice(1);
    found.push(
      steps.reduce<unknown>((here, step) => Reflect.get(Object(here), step), shown.get(route)?.get(id)),
    );
  }
  return JSON.stringify(found);
}

/** All records of a list of Gem's API, by id. */
async function shownByGem(world: SteeredWorld, route: string): Promise<Map<unknown, Fields>> {
  const all: Fields[] = [];
  for (let page = 1; all.length === (page - 1) * 100; page += 1) {
    const path = `/ats/v0${route}?per_page=100&page=${page}${knowsDeleted(route) ? '&include_deleted=true' : ''}`;
    const response = await fetch(`${both.gem.url}${path}`, { headers: { 'X-API-Key': world.key } });
    if (response.status !== 200)
      throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    all.push(...((await response.json()) as Fields[]));
  }
  return new Map(all.map((record) => [record['id'], record]));
}

/** Deleted job posts come along without being asked for. */
function knowsDeleted(route: string): boolean {
  return route !== '/job_posts/';
}

/** How the emulator holds what Gem shows under another name. */
const heldAs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  users: { departments: 'department_ids', offices: 'office_ids' },
  jobs: { departments: 'department_ids', offices: 'office_ids' },
  scheduled_interviews: { organizer: 'organizer_id' },
  applications: {
    applied_at: 'created_at',
    jobs: 'job_id',
    current_stage: 'current_stage_id',
    coordinator: 'coordinator_id',
    recruiter: 'recruiter_id',
    sourcer: 'sourcer_id',
    source: 'source_id',
    rejection_reason: 'rejection_reason_id',
  },
};

/** The field of the emulator's record that holds what Gem shows at a place. */
function fieldOf({ route, pointer }: GemPlace): string {
  const [, field = ''] = pointer.split('/');
  return heldAs[route.replaceAll('/', '')]?.[field] ?? field;
}

/** Whether a field of a record may change without anything being said of the value. */
function isLeftAlone(
  { known, own }: { known: Value; own: string },
  resource: string,
  record: string,
  field: string,
  value: unknown,
): boolean {
  const places = known.from.filter(({ route, remote_id: id }) => route === `/${resource}/` && id === record);
  if (places.some((place) => place.pointer === '' || fieldOf(place) === field)) return true;
  const isReference = /_ids?$|^job_stage_interview_items$|^hiring_team$|^interviewers$|^offices$/.test(field);
  if (!isReference) return false;
  // What an item holds may become another one; and what comes to belong to a record that is named is one to name.
  const named = [own, ...known.from.map(({ remote_id: id }) => id)];
  return record === own || named.some((id) => JSON.stringify(value)?.includes(JSON.stringify(id)));
}

/** Gives some records of each resource what another one has, in all fields that are not spared. */
async function changeAll(
  world: SteeredWorld,
  choose: <Item>(all: readonly Item[]) => Item | undefined,
  isSpared: (resource: ResourceName, record: string, field: string, value: unknown) => boolean,
  named: ReadonlySet<string>,
): Promise<void> {
  for (const resource of resources) {
    const { records } = await world.records(resource, { deleted: 'left_out', per_page: 200 });
    const some = records
      .filter(({ id }) => named.has(id))
      .concat(choose(records) ?? [], choose(records) ?? []);
    for (const { id } of some) {
      const other = choose(records)?.record ?? {};
      const set = Object.fromEntries(
        Object.entries(other).filter(
          ([field, value]) => !fixed.has(field) && !isSpared(resource, id, field, value),
        ),
      );
      if (await isChanged(world, resource, id, set)) continue;
      for (const [field, value] of Object.entries(set))
        await isChanged(world, resource, id, { [field]: value });
    }
  }
}

/** What nobody can change. */
const fixed = new Set(['id', 'created_at', 'updated_at', 'deleted_at']);

/** Gives what was read of a record another value, one that another record has or none. */
async function changePlace(
  world: SteeredWorld,
  choose: <Item>(all: readonly Item[]) => Item | undefined,
  place: GemPlace & { isYes?: boolean },
): Promise<boolean> {
  const { route, remote_id: id, isYes } = place;
  const resource = resources.find((one) => route === `/${one}/`);
  const field = fieldOf(place);
  if (!resource) return false;
  const { records } = await world.records(resource, { deleted: 'left_out', per_page: 200 });
  const now = JSON.stringify(records.find((one) => one.id === id)?.record[field]);
  const others = records.map(({ record }) => record[field]).filter((one) => JSON.stringify(one) !== now);
  if (isYes) return now === 'false' && isChanged(world, resource, id, { [field]: true });
  const tried = [choose(others), choose(others), null, '2031-01-01T00:00:00.000Z', false, true, []];
  for (const value of tried) {
    if (value === undefined || JSON.stringify(value) === now) continue;
    if (await isChanged(world, resource, id, { [field]: value })) return true;
  }
  return false;
}

/** Changes fields of a record, unless that is refused. */
async function isChanged(
  world: SteeredWorld,
  resource: ResourceName,
  record: string,
  set: Fields,
): Promise<boolean> {
  try {
    await world.edit({ do: 'change', resource, record, set });
    return true;
  } catch (error) {
    if (error instanceof ControlRefused) return false;
    throw error;
  }
}

/** Another id is another record. */
function isOwnId({ pointer }: GemPlace): boolean {
  return pointer === '/id';
}

function namesOf({ from }: Value): string[] {
  return from.map(({ route, pointer }) => `${route}${pointer}`);
}
