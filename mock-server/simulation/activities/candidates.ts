import { mailbox } from '../../../seeds/factories/organisation.ts';
import type { Activity } from '../recruiter-view.ts';

/** What happens around candidates. */
export const candidateActivities: readonly Activity[] = [
  {
    name: 'a note is written',
    weight: 6,
    plan(view) {
      const candidate = view.some('candidates');
      const user = view.colleague();
      if (!candidate || !user) return undefined;
      const visibility = view.happens(0.1) ? 'private' : 'public';
      const set = {
        candidate_id: candidate.id,
        user_id: user.id,
        body: view.chance.lorem.sentence(),
        visibility,
      };
      return [{ do: 'create', resource: 'notes', set }];
    },
  },
  {
    name: 'a file is attached',
    weight: 2,
    plan(view) {
      const candidate = view.some('candidates');
      const user_id = view.colleague()?.id ?? null;
      const type = view.happens(0.7) ? 'resume' : 'cover_letter';
      if (!candidate) return undefined;
      return [{ do: 'create', resource: 'attachments', set: { candidate_id: candidate.id, user_id, type } }];
    },
  },
  {
    name: 'somebody has another phone',
    weight: 1.5,
    plan(view) {
      const candidate = view.some('candidates');
      if (!candidate) return undefined;
      const value = `+1-541-555-01${view.chance.string.numeric(2)}`;
      const [, ...others] = candidate.phone_numbers;
      const set = { phone_numbers: [{ type: 'mobile', value }, ...others] };
      return [{ do: 'change', resource: 'candidates', record: candidate.id, set }];
    },
  },
  {
    name: 'somebody has one more address',
    weight: 1,
    plan(view) {
      const candidate = view.some('candidates', ({ email_addresses }) => email_addresses.length < 3);
      if (!candidate) return undefined;
      const { first_name, last_name, email_addresses } = candidate;
      const number = view.chance.string.numeric(3);
      const value = `${mailbox(first_name)}.${mailbox(last_name)}${number}@work.example`;
      const added = { value, type: 'work', is_primary: email_addresses.length === 0 };
      const set = { email_addresses: [...email_addresses, added] };
      return [{ do: 'change', resource: 'candidates', record: candidate.id, set }];
    },
  },
  {
    name: 'addresses are put into another order',
    weight: 0.5,
    plan(view) {
      const candidate = view.some('candidates', ({ email_addresses }) => email_addresses.length > 1);
      if (!candidate) return undefined;
      const order = [candidate.email_addresses.length - 1];
      return [
        { do: 'reorder', resource: 'candidates', record: candidate.id, list: 'email_addresses', order },
      ];
    },
  },
  {
    name: 'somebody works elsewhere',
    weight: 1,
    plan(view) {
      const candidate = view.some('candidates');
      if (!candidate) return undefined;
      const set = { company: view.chance.company.name(), title: view.chance.person.jobTitle() };
      return [{ do: 'change', resource: 'candidates', record: candidate.id, set }];
    },
  },
  {
    name: 'a candidate is tagged',
    weight: 1,
    plan(view) {
      const tag = view.oneOf(['silver medalist', 'relocation', 'referral', 'keep warm']) ?? '';
      const candidate = view.some('candidates', ({ tags }) => !tags.includes(tag));
      if (!candidate) return undefined;
      const set = { tags: [...candidate.tags, tag] };
      return [{ do: 'change', resource: 'candidates', record: candidate.id, set }];
    },
  },
  {
    name: 'a candidate is deleted',
    weight: 0.4,
    plan(view) {
      const candidate = view.some('candidates');
      return candidate && [{ do: 'delete', resource: 'candidates', record: candidate.id }];
    },
  },
];
