import * as fc from 'fast-check';
import { interviews } from '../cases/interviews.ts';
import { same } from '../support/compare.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

export default readingRule({
  statement: 'an interview has no `location`, though Gem may have one: it is not covered for Gem',
  evidence: {
    grade: 'assumed',
    source: 'not on the list of kombo-unified-api §2.5; the value is recommended',
  },
  of: 'scheduled_interviews',
  becomes: 'interviews',
  needs: [],
  about: ['interviews.location'],
  cases: interviews(
    fc.constantFrom('Room 1', 'Größe 北').map((location) => ({ interview: { location } })),
    fc.constant({ interview: { location: null } }),
  ),
  judge: ({ unified }) => same('location', unified.location, null),
  mutants: [
    showsWrong('the room as an address', 'interviews', (interview, gem) => {
      const raw = gemRecord(gem, 'scheduled_interviews', interview.remote_id)?.location ?? null;
      return { ...interview, location: raw === null ? null : Object.assign({}, nowhere, { raw }) };
    }),
  ],
});

const nowhere = { city: null, country: null, state: null, street_1: null, street_2: null, zip_code: null };
