import { afterAll, describe, expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { fixedClock } from '../../../contracts/clock.ts';
import { applyEdits, verbs } from '../../../mock-server/edits/apply-edits.ts';
import { EditProblem } from '../../../mock-server/edits/editing.ts';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';
import { expectFreshBytes, expectListings, expectReferences, expectReplay, sendEverything } from './laws.ts';
import { aimAt, anyEdits } from './random-edit.ts';

describe('whatever recruiters do, in any order,', () => {
  test.prop([anyEdits, fc.nat({ max: 24 })], { numRuns: 15 })(
    'a world keeps its references, its answers keep the description, and the changes tell all of it',
    async (edits, when) => {
      const { world } = (shared ??= await start());
      world.reset();
      sendEverything(world);
      let before = world.store.records();
      for (const [index, any] of edits.entries()) {
        clock.advance(1000);
        if (index === when % edits.length) {
          world.marks.mark('then');
          before = world.store.records();
        }
        const edit = aimAt(world, any);
        try {
          applyEdits(world, [edit]);
          done.add(edit.do);
        } catch (error) {
          // An edit may be refused, and in one way only.
          if (!(error instanceof EditProblem)) throw error;
        }
      }
      expectReferences(world);
      expectFreshBytes(world);
      expectReplay(before, world.marks.changesSince('then'), world);
      await expectListings(shared);
      expect(defects).toEqual([]);
    },
  );

  afterAll(() => expect([...done].toSorted()).toEqual(Object.keys(verbs).toSorted()));
});

const clock = fixedClock('2026-11-20T08:00:00.000Z');
const defects: unknown[] = [];
/** The verbs that did something at least once; the suite would say little otherwise. */
const done = new Set<string>();
let shared: MockGem | undefined;

afterAll(() => shared?.close());

function start(): Promise<MockGem> {
  const report = (defect: unknown) => defects.push(defect);
  return startMockGem({ port: 0, clock, checkAnswers: true, report, switches: { rate_limit: 'off' } });
}
