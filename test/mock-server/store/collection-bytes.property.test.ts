import { assert, describe } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { fixedClock } from '../../../contracts/clock.ts';
import { applications } from '../../../mock-server/resources/ats/applications.ts';
import { candidates } from '../../../mock-server/resources/ats/candidates.ts';
import { jobPosts } from '../../../mock-server/resources/ats/job-posts.ts';
import { jobStages } from '../../../mock-server/resources/ats/job-stages.ts';
import { jobs } from '../../../mock-server/resources/ats/jobs.ts';
import { offers } from '../../../mock-server/resources/ats/offers.ts';
import { offices } from '../../../mock-server/resources/ats/lookups.ts';
import { scheduledInterviews } from '../../../mock-server/resources/ats/scheduled-interviews.ts';
import { scorecards } from '../../../mock-server/resources/ats/scorecards.ts';
import { users } from '../../../mock-server/resources/ats/users.ts';
import { serialise, toWire, type Resource, type WireTypes } from '../../../mock-server/resources/resource.ts';
import { defaultSwitches } from '../../../mock-server/world/switches.ts';
import type { LiveWorld } from '../../../mock-server/worlds/live-world.ts';
import { Worlds } from '../../../mock-server/worlds/worlds.ts';
import { defaultAnchor, resourceNames, type ResourceName } from '../../../seeds/index.ts';

const step = fc.record({
  kind: fc.constantFrom('write', 'write', 'read', 'wait', 'reset'),
  world: fc.nat({ max: 2 }),
  name: fc.constantFrom(...resourceNames),
  which: fc.nat(),
  isDeleted: fc.boolean(),
  // The second is the text that stands for a link inside kept bytes: no record can pass it off as one.
  text: fc.oneof(fc.string(), fc.constant('\u0000link'), fc.constant('"\u0000link"')),
});

describe('worlds that share their records', () => {
  test.prop([fc.array(step, { minLength: 1, maxLength: 15 })], { numRuns: 25 })(
    'send, after any write to any of them, what a fresh presentation of each record gives',
    (steps) => {
      const clock = fixedClock(defaultAnchor);
      const worlds = new Worlds({
        clock,
        url: 'http://gem.example',
        defaults: {
          scenario: 'default',
          seed: 'bytes',
          anchor: defaultAnchor,
          parameters: {},
          switches: defaultSwitches,
        },
        unknownKeys: 'refuse',
      });
      const keys = ['A', 'B', 'C'].map((letter) => letter.repeat(40));
      const all = keys.map((key) => worlds.create(key));
      for (const { kind, world: index, name, which, isDeleted, text } of steps) {
        const world = all[index];
        if (kind === 'wait') clock.advance(defaultSwitches.attachment_link_seconds * 1000);
        else if (kind === 'reset') all[index] = worlds.create(keys[index] ?? '');
        else if (kind === 'read' && world) expectFresh(world);
        else if (world) write(world, name, which, { isDeleted, text });
      }
      for (const world of all) expectFresh(world);
    },
  );
});

function expectFresh(world: LiveWorld): void {
  expectFreshOf(world, applications);
  expectFreshOf(world, candidates);
  expectFreshOf(world, jobPosts);
  expectFreshOf(world, jobStages);
  expectFreshOf(world, jobs);
  expectFreshOf(world, offers);
  expectFreshOf(world, offices);
  expectFreshOf(world, scheduledInterviews);
  expectFreshOf(world, scorecards);
  expectFreshOf(world, users);
}

function expectFreshOf<Name extends keyof WireTypes>(world: LiveWorld, resource: Resource<Name>): void {
  for (const entry of world.store.collection(resource.name).entries()) {
    const sent = toWire(world, resource, entry).bytes;
    const fresh = serialise(resource.present(entry.record, world)).bytes;
    // Compared as bytes, a hundred times quicker; as text only where that shows what differs.
    assert(
      sent.equals(fresh),
      `${resource.name} ${entry.record.id}: ${sent.toString()}\n≠\n${fresh.toString()}`,
    );
  }
}

/** Changes what others may embed of a record: its texts, and whether it is deleted. */
function write<Name extends ResourceName>(
  { store }: LiveWorld,
  name: Name,
  which: number,
  { isDeleted, text }: { isDeleted: boolean; text: string },
): void {
  const entries = [...store.collection(name).entries()];
  const record = entries[which % entries.length]?.record;
  if (!record) return;
  const changed = { ...record, deleted_at: isDeleted ? defaultAnchor : null };
  for (const field of ['name', 'first_name', 'filename', 'title', 'public_name', 'location_name']) {
    if (field in changed) Reflect.set(changed, field, text);
  }
  store.put(name, changed);
}
