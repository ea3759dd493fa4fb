import * as fc from 'fast-check';
import { interviews, invited } from '../cases/interviews.ts';
import { isThere } from '../support/lists.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule, type Check } from '../../harness/rule.ts';
import { check, same } from '../support/compare.ts';

const answer = fc.constantFrom('accepted', 'tentative', 'needs_action', 'declined');

export default readingRule({
  statement: "an interview's `users` are its interviewers, whatever they answered, and no other users",
  evidence: {
    grade: 'documented',
    source: 'kombo-unified-api §2.5; that deleted users are left out is assumed (§5.3)',
  },
  of: 'scheduled_interviews',
  becomes: 'interviews',
  needs: ['interviews.users'],
  about: ['interviews.users', 'join-interviews-users.interview_id', 'join-interviews-users.user_id'],
  cases: interviews(
    answer.map((one) => ({
      interview: {
        interviewers: [invited('ines', 'accepted'), invited('mats', one), invited('cora', 'declined')],
        organizer_id: 'paula',
      },
    })),
    fc.constant({ interview: { interviewers: [], organizer_id: 'paula' } }),
    fc.constant({ interview: { interviewers: [invited('ines', 'accepted'), invited('ines', 'declined')] } }),
    answer.map((one) => ({
      interview: { interviewers: [invited('ines', one)] },
      later: (record) => ({
        do: 'change',
        resource: 'scheduled_interviews',
        record,
        set: { interviewers: [invited('mats', one)] },
      }),
    })),
  ),
  judge({ gem, unified, all }): Check[] {
    // With an interview, its joins are deleted too.
    if (gem.deleted_at) return [];
    const asked = new Set(gem.interviewers.map(({ id }) => id));
    const shown = new Set(unified.users.map(({ remote_id: id }) => id ?? ''));
    const owed = [...asked].filter((id) => isThere(all.users, id));
    const [what, got] = ['users', [...shown]];
    return [
      ...owed.flatMap((id) => check(shown.has(id), { what, expected: `among them ${id}`, got })),
      ...got.flatMap((id) => check(asked.has(id), { what, expected: `without ${id}`, got })),
      ...same('users, each once', unified.users.length, got.length),
    ];
  },
  mutants: [
    showsWrong('with the organizer', 'interviews', (interview, gem) => {
      const organizer = gemRecord(gem, 'scheduled_interviews', interview.remote_id)?.organizer;
      if (!organizer) return interview;
      const { first_name, last_name } = organizer;
      const user = { id: interview.id, remote_id: organizer.id, first_name, last_name, email: null };
      return { ...interview, users: [...interview.users, user] };
    }),
    showsWrong('without those who declined', 'interviews', (interview, gem) => {
      const asked = gemRecord(gem, 'scheduled_interviews', interview.remote_id)?.interviewers ?? [];
      const declined = new Set(asked.filter((one) => one.response_status === 'declined').map(({ id }) => id));
      return {
        ...interview,
        users: interview.users.filter(({ remote_id: id }) => !declined.has(id ?? '')),
      };
    }),
  ],
});
