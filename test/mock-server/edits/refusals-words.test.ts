import { active, refuses } from './refusals.ts';

refuses([
  ['an edit that there is not', () => ({ do: 'promote' }), 'do', 'no edit is called "promote"'],
  ['a verb with a slip', () => ({ do: 'unrejet', application: 'x' }), 'do', 'did you mean "unreject"?'],
  ['no edit at all', () => null, 'do', 'do one of: create, change'],
  ['a word that the edit lacks', () => ({ do: 'advance' }), '', '"application" is missing'],
  [
    'a word that the edit does not have',
    () => ({ do: 'advance', application: 'x', sage: 'y' }),
    'sage',
    'unknown field "sage"',
  ],
  [
    'a field with a slip',
    () => ({ do: 'create', resource: 'candidates', set: { frist_name: 'Ada' } }),
    'set.frist_name',
    'did you mean "first_name"?',
  ],
  [
    'a value of another kind, deep inside',
    () => ({
      do: 'create',
      resource: 'candidates',
      set: { email_addresses: [{ value: 'a@example.com', type: 'home', is_primary: true }] },
    }),
    'set.email_addresses.0.type',
    'type cannot be "home"; it is one of other, personal, work',
  ],
  [
    'a list that there is not',
    () => ({ do: 'reorder', resource: 'candidates', record: 'grace', list: 'emails', order: [0] }),
    'list',
    'candidates have no list "emails"',
  ],
  [
    'a position that there is not',
    () => ({
      do: 'reorder',
      resource: 'candidates',
      record: 'grace',
      list: 'email_addresses',
      order: [0, 0],
    }),
    'order.1',
    'its positions are 0 to',
  ],
  [
    'an item with a slip',
    (scene) => ({
      do: 'reorder',
      resource: 'jobs',
      record: active(scene).job_id,
      list: 'stages',
      order: ['Ofer'],
    }),
    'order.0',
    'did you mean "Offer"?',
  ],
]);
