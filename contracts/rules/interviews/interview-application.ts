import * as fc from 'fast-check';
import { interviews } from '../cases/interviews.ts';
import { isThere } from '../support/lists.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule, type Check } from '../../harness/rule.ts';
import { same } from '../support/compare.ts';

export default readingRule({
  statement: "an interview's `application_id` and `application` name the application that it is held for",
  evidence: { grade: 'documented', source: 'kombo-unified-api §2.5; gem-ats-api §3.7' },
  of: 'scheduled_interviews',
  becomes: 'interviews',
  needs: ['interviews.application_id', 'interviews.application'],
  cases: interviews(
    fc.constant({ interview: {} }),
    fc.constantFrom('complete', 'awaiting_feedback').map((status) => ({ interview: { status } })),
  ),
  judge({ gem, unified, all }): Check[] {
    const expected = gem.application_id;
    const { application_id: id, application } = unified;
    if (id === null || (application && application.id !== id))
      return [{ what: 'application_id', expected: application?.id ?? expected, got: id }];
    // An application that no longer exists at Gem may be shown by its id alone.
    if (application === null && !isThere(all.applications, expected)) return [];
    return same('application.remote_id', application?.remote_id ?? null, expected);
  },
  mutants: [
    showsWrong("the candidate's id", 'interviews', (interview) => ({
      ...interview,
      application_id: interview.application?.candidate?.id ?? null,
    })),
    showsWrong('no id', 'interviews', (interview) => ({ ...interview, application_id: null })),
  ],
});
