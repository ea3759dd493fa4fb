import { mailbox } from '../../../seeds/factories/organisation.ts';
import type { Activity } from '../scene.ts';

/** What happens around candidates. */
export const candidateActivities: readonly Activity[] = [
  {
    name: 'a note is written',
    weight: 6,
    plan(scene) {
      const candidate = scene.some('candidates');
      const user = scene.colleague();
      if (!candidate || !user) return undefined;
      const visibility = scene.happens(0.1) ? 'private' : 'public';
      const set = {
        candidate_id: candidate.id,
        user_id: user.id,
        body: scene.chance.lorem.sentence(),
        visibility,
      };
      return [{ do: 'create', resource: 'notes', set }];
    },
  },
  {
    name: 'a file is attached',
    weight: 2,
    plan(scene) {
      const candidate = scene.some('candidates');
      const user_id = scene.colleague()?.id ?? null;
      const type = scene.happens(0.7) ? 'resume' : 'cover_letter';
      if (!candidate) return undefined;
      return [{ do: 'create', resource: 'attachments', set: { candidate_id: candidate.id, user_id, type } }];
    },
  },
  {
    name: 'somebody has another phone',
    weight: 1.5,
    plan(scene) {
      const candidate = scene.some('candidates');
      if (!candidate) return undefined;
      const value = `+1-541-555-01${scene.chance.string.numeric(2)}`;
      const [, ...others] = candidate.phone_numbers;
      const set = { phone_numbers: [{ type: 'mobile', value }, ...others] };
      return [{ do: 'change', resource: 'candidates', record: candidate.id, set }];
    },
  },
  {
    name: 'somebody has one more address',
    weight: 1,
    plan(scene) {
      const candidate = scene.some('candidates', ({ email_addresses }) => email_addresses.length < 3);
      if (!candidate) return undefined;
      const { first_name, last_name, email_addresses } = candidate;
      const number = scene.chance.string.numeric(3);
      const value = `${mailbox(first_name)}.${mailbox(last_name)}${number}@work.example`;
      const added = { value, type: 'work', is_primary: email_addresses.length === 0 };
      const set = { email_addresses: [...email_addresses, added] };
      return [{ do: 'change', resource: 'candidates', record: candidate.id, set }];
    },
  },
  {
    name: 'addresses are put into another order',
    weight: 0.5,
    plan(scene) {
      const candidate = scene.some('candidates', ({ email_addresses }) => email_addresses.length > 1);
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
    plan(scene) {
      const candidate = scene.some('candidates');
      if (!candidate) return undefined;
      const set = { company: scene.chance.company.name(), title: scene.chance.person.jobTitle() };
      return [{ do: 'change', resource: 'candidates', record: candidate.id, set }];
    },
  },
  {
    name: 'a candidate is tagged',
    weight: 1,
    plan(scene) {
      const tag = scene.oneOf(['silver medalist', 'relocation', 'referral', 'keep warm']) ?? '';
      const candidate = scene.some('candidates', ({ tags }) => !tags.includes(tag));
      if (!candidate) return undefined;
      const set = { tags: [...candidate.tags, tag] };
      return [{ do: 'change', resource: 'candidates', record: candidate.id, set }];
    },
  },
  {
    name: 'a candidate is deleted',
    weight: 0.4,
    plan(scene) {
      const candidate = scene.some('candidates');
      return candidate && [{ do: 'delete', resource: 'candidates', record: candidate.id }];
    },
  },
];
