import { isTellable, toInstant } from '../../../contracts/clock.ts';
import type { ControlSchemas } from '../../../contracts/control.ts';
import type { TimelineEntry } from '../../../seeds/index.ts';
import type { LiveWorld } from '../../worlds/live-world.ts';
import { worldOf, type ControlHandlers } from '../context.ts';
import { notValid } from '../problems.ts';
import { lengthOf } from './clock.ts';

export const timelineHandlers: ControlHandlers<'listTimeline' | 'addToTimeline'> = {
  listTimeline: ({ path }, context) => ({ status: 200, body: toTimeline(worldOf(context, path.world)) }),

  async addToTimeline({ path, body }, context) {
    const world = worldOf(context, path.world);
    const entries = body.entries.map((planned, index) => toEntry(world, planned, `body.entries.${index}`));
    world.timeline.add(...entries);
    await world.unsettled();
    return { status: 200, body: toTimeline(world) };
  },
};

function toEntry(world: LiveWorld, planned: ControlSchemas['PlannedEdit'], path: string): TimelineEntry {
  const { at, in: length, edit } = planned;
  if ((at === undefined) === (length === undefined)) throw notValid(path, 'wants either "at" or "in"');
  const time =
    length === undefined ? Date.parse(at ?? '') : world.clock.now() + lengthOf(length, `${path}.in`);
  if (!isTellable(time)) throw notValid(`${path}.in`, 'leads out of the years 0 to 9999');
  return { at: toInstant(time), edit };
}

function toTimeline({ timeline }: LiveWorld): ControlSchemas['Timeline'] {
  return { waiting: timeline.entries(), failures: timeline.failures() };
}
