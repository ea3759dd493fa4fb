// What a watch in front of the real Gem tells, for the console to show.
import { toInstant } from '../../../contracts/clock.ts';
import type { ControlSchemas } from '../../../contracts/control.ts';
import type { ControlContext, ControlHandlers } from '../context.ts';
import { patchApart } from '../drift-patch.ts';

export const watchHandlers: ControlHandlers<'getWatch' | 'reportWatch' | 'getWatchPatch'> = {
  getWatch: (_request, { watched, clock }) => ({
    status: 200,
    body: {
      state: stateOf(watched.last, clock.now()),
      heard_at: watched.last ? toInstant(watched.last.heardAt) : null,
      report: watched.last?.report ?? null,
    },
  }),

  reportWatch({ body }, { watched, worlds, clock }) {
    watched.last = { report: body, heardAt: clock.now() };
    const { calls, departures } = body;
    worlds.events.add('', clock.now(), { type: 'watch', calls, departures: departures.length });
    return { status: 204, body: undefined };
  },

  async getWatchPatch(_request, { watched }) {
    const report = watched.last?.report;
    if (!report || report.is_emulator || report.confirmed.length === 0)
      return { status: 200, body: { patch: '' } };
    const { subject, started_at: startedAt, confirmed } = report;
    return { status: 200, body: { patch: await patchApart({ subject, startedAt, confirmed }) } };
  },
};

/** It tells of itself every few seconds, even where nothing happens. */
const silentAfter = 15_000;

function stateOf(
  last: ControlContext['watched']['last'],
  now: number,
): ControlSchemas['WatchState']['state'] {
  if (!last) return 'none';
  if (last.report.is_over) return 'over';
  return now - last.heardAt > silentAfter ? 'silent' : 'running';
}
