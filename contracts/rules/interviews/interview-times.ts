import * as fc from 'fast-check';
import { toInstant } from '../../clock.ts';
import { interviews } from '../cases/interviews.ts';
import { same } from '../support/compare.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule, type Check } from '../../harness/rule.ts';

const day = fc
  .date({ min: new Date('2026-10-01'), max: new Date('2026-12-20'), noInvalidDate: true })
  .map((date) => date.toISOString());

export default readingRule({
  statement:
    "an interview's `starting_at`, `ending_at`, `remote_created_at` and `remote_updated_at` are Gem's moments",
  evidence: {
    grade: 'documented',
    source: 'kombo-gem-connector §1; gem-ats-api §3.7',
  },
  of: 'scheduled_interviews',
  becomes: 'interviews',
  needs: [
    'interviews.starting_at',
    'interviews.ending_at',
    'interviews.remote_created_at',
    'interviews.remote_updated_at',
  ],
  cases: interviews(
    fc.constant({ interview: { start: '2026-12-01T09:00:00.000Z', end: '2026-12-03T17:30:00.000Z' } }),
    day.map((start) => ({ interview: { start, end: '2026-12-24T12:00:00.000Z', created_at: '9 days ago' } })),
    fc.constant({
      interview: { created_at: '2026-09-01T08:00:00.001Z', updated_at: '2026-10-01T08:00:00.999Z' },
      later: (record) => ({
        do: 'change',
        resource: 'scheduled_interviews',
        record,
        set: { start: '2027-01-07T09:00:00.000Z', end: '2027-01-07T09:20:00.000Z' },
      }),
    }),
  ),
  judge: ({ gem, unified }) => [
    ...at('starting_at', unified.starting_at, gem.start.date_time),
    ...at('ending_at', unified.ending_at, gem.end.date_time),
    ...at('remote_created_at', unified.remote_created_at, gem.created_at),
    ...at('remote_updated_at', unified.remote_updated_at, gem.updated_at),
  ],
  mutants: [
    showsWrong('always an hour', 'interviews', (interview) => ({
      ...interview,
      ending_at: interview.starting_at && toInstant(Date.parse(interview.starting_at) + 60 * 60_000),
    })),
    showsWrong('created when it starts', 'interviews', (interview) => ({
      ...interview,
      remote_created_at: interview.starting_at,
    })),
  ],
});

function at(what: string, got: string | null, moment: string): Check[] {
  return same(what, got, toInstant(Date.parse(moment)));
}
