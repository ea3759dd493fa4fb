import * as fc from 'fast-check';
import { interviews, invited } from '../cases/interviews.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule, type Check } from '../../harness/rule.ts';
import { check, same } from '../support/compare.ts';

const answer = fc.constantFrom('accepted', 'tentative', 'needs_action', 'declined');

export default readingRule({
  statement:
    'an interview that lies ahead is `canceled` when all interviewers declined, and never when one of them comes or none is named',
  evidence: { grade: 'assumed', source: "kombo-unified-api §6 (kombo's Greenhouse connector), §8 #18" },
  of: 'scheduled_interviews',
  becomes: 'interviews',
  needs: ['interviews.canceled'],
  cases: interviews(
    fc.constantFrom(['ines'], ['ines', 'mats']).map((users) => meeting(users, ['declined', 'declined'])),
    fc.constantFrom('accepted', 'tentative').map((other) => meeting(['ines', 'mats'], ['declined', other])),
    fc.constant(meeting([], [])),
    fc.array(answer, { minLength: 1, maxLength: 3 }).map((all) => meeting(['ines', 'mats', 'cora'], all)),
    fc.constant({
      ...meeting(['ines'], ['accepted']),
      later: (record) => ({
        do: 'change',
        resource: 'scheduled_interviews',
        record,
        set: { interviewers: [invited('ines', 'declined')] },
      }),
    }),
  ),
  judge({ gem, unified }): Check[] {
    const { canceled: got } = unified;
    const answers = gem.interviewers.map(({ response_status: status }) => status);
    const areDeclined = answers.length > 0 && answers.every((one) => one === 'declined');
    // The facts say nothing about an interview that took place although all declined.
    if (areDeclined && gem.status !== 'scheduled') return [];
    if (areDeclined) return same('canceled', got, true);
    const isHeld = answers.some((one) => one === 'accepted' || one === 'tentative');
    const isRight = got === false || (got === null && !isHeld);
    return check(isRight, { what: 'canceled', expected: isHeld ? false : 'false or null', got });
  },
  mutants: [
    showsWrong('never canceled', 'interviews', (interview) => ({ ...interview, canceled: false })),
    showsWrong('canceled when one declined', 'interviews', (interview, gem) => {
      const own = gem.scheduled_interviews.find(({ id }) => id === interview.remote_id);
      const isDeclined = own?.interviewers.some(({ response_status: status }) => status === 'declined');
      return { ...interview, canceled: isDeclined === true ? true : interview.canceled };
    }),
  ],
});

/** An interview with one interviewer for each answer. */
function meeting(
  users: readonly string[],
  answers: readonly string[],
): { interview: { interviewers: object[] } } {
  const asked = users.slice(0, answers.length);
  return { interview: { interviewers: asked.map((user, index) => invited(user, answers[index] ?? '')) } };
}
