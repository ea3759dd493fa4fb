// What holds in a world whatever recruiters have done in it.
import { assert, expect } from 'vitest';
import { referencesOf } from '../../../mock-server/edits/record-rules.ts';
import { applications } from '../../../mock-server/resources/ats/applications.ts';
import { candidates } from '../../../mock-server/resources/ats/candidates.ts';
import { departments, offices } from '../../../mock-server/resources/ats/lookups.ts';
import { jobPosts } from '../../../mock-server/resources/ats/job-posts.ts';
import { jobStages } from '../../../mock-server/resources/ats/job-stages.ts';
import { jobs } from '../../../mock-server/resources/ats/jobs.ts';
import { offers } from '../../../mock-server/resources/ats/offers.ts';
import { openings } from '../../../mock-server/resources/ats/openings.ts';
import { scheduledInterviews } from '../../../mock-server/resources/ats/scheduled-interviews.ts';
import { scorecards } from '../../../mock-server/resources/ats/scorecards.ts';
import { users } from '../../../mock-server/resources/ats/users.ts';
import { serialise, toWire, type Resource, type WireTypes } from '../../../mock-server/resources/resource.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import type { Changes } from '../../../mock-server/world/marks.ts';
import type { LiveWorld } from '../../../mock-server/worlds/live-world.ts';
import { resourceNames, type Records } from '../../../seeds/index.ts';
import { read } from '../../support/gem.ts';

/** Whatever a record refers to is there, alive or as a tombstone. */
export function expectReferences(world: LiveWorld): void {
  for (const name of resourceNames) {
    for (const { record } of world.store.collection(name).entries()) {
      for (const reference of referencesOf(name, record)) {
        const [resource = '', id = ''] = reference.split(' ');
        const target = resourceNames.find((other) => other === resource);
        assert(target && world.store.get(target, id), `${name} ${record.id} refers to ${reference}`);
      }
    }
  }
}

/** Lets the bytes of everything be made and kept. */
export function sendEverything(world: LiveWorld): void {
  everythingSent(world);
}

/** What is sent of a record is what would be made of it now. */
export function expectFreshBytes(world: LiveWorld): void {
  for (const { name, id, sent, fresh } of everythingSent(world)) {
    const made = serialise(fresh()).bytes;
    assert(sent.equals(made), `${name} ${id}: ${sent.toString()}\n≠\n${made.toString()}`);
  }
}

function everythingSent(world: LiveWorld) {
  return [
    ...sentOf(world, applications),
    ...sentOf(world, candidates),
    ...sentOf(world, departments),
    ...sentOf(world, jobPosts),
    ...sentOf(world, jobStages),
    ...sentOf(world, jobs),
    ...sentOf(world, offers),
    ...sentOf(world, offices),
    ...sentOf(world, openings),
    ...sentOf(world, scheduledInterviews),
    ...sentOf(world, scorecards),
    ...sentOf(world, users),
  ];
}

function sentOf<Name extends keyof WireTypes>(world: LiveWorld, resource: Resource<Name>) {
  return [...world.store.collection(resource.name).entries()].map((entry) => ({
    name: resource.name,
    id: entry.record.id,
    sent: toWire(world, resource, entry).bytes,
    fresh: () => resource.present(entry.record, world),
  }));
}

/** Every listing keeps the description; an emulator that checks its answers sends no other. */
export async function expectListings(gem: MockGem): Promise<void> {
  // These have no listing of all of them.
  const unlisted = new Set(['attachments', 'notes', 'custom_fields']);
  for (const name of resourceNames.filter((one) => !unlisted.has(one))) {
    const sent = await read<object[]>(gem, `/ats/v0/${name}/?include_deleted=true&per_page=500`);
    expect(sent).toHaveLength(Math.min(500, gem.world.store.collection(name).size));
  }
}

/** What changed, done to what was, gives what is. */
export function expectReplay(before: Records, changes: Changes, world: LiveWorld): void {
  const replayed = new Map<string, Record<string, unknown>>();
  for (const name of resourceNames)
    for (const one of before[name]) replayed.set(`${name} ${one.id}`, { ...one });
  for (const { resource, id, record } of changes.created) {
    assert(!replayed.has(`${resource} ${id}`), `${resource} ${id} was there before`);
    replayed.set(`${resource} ${id}`, record);
  }
  for (const { resource, id, fields } of [...changes.changed, ...changes.deleted]) {
    const record = replayed.get(`${resource} ${id}`);
    assert(record, `${resource} ${id} was not there before`);
    for (const [field, change] of Object.entries(fields)) {
      expect(record[field]).toEqual(change.before);
      if ('after' in change) record[field] = change.after;
      else delete record[field];
    }
  }
  const present = new Map<string, unknown>();
  const now = world.store.records();
  for (const name of resourceNames) for (const one of now[name]) present.set(`${name} ${one.id}`, one);
  expect(replayed).toEqual(present);
}
