import { describe, expect, test } from 'vitest';
import { applyEdits, verbs } from '../../../mock-server/edits/apply-edits.ts';
import { namedSchema, follow } from '../../../seeds/records.ts';
import type { Edit } from '../../../seeds/index.ts';
import { read } from '../../support/gem.ts';
import { jobNamed, setScene, type Scene } from '../lifecycle/support.ts';

/** What a recruiter does, and where and how Gem's API shows it. */
interface Example<Do extends Edit['do']> {
  edit: (scene: Scene) => Extract<Edit, { do: Do }>;
  at: (id: string) => string;
  shows: (scene: Scene) => object;
}

const later = '2026-11-20T08:01:00.000Z';

const examples: { [Do in Edit['do']]: Example<Do> } = {
  create: {
    edit: () => ({
      do: 'create',
      resource: 'candidates',
      as: 'ada',
      set: { first_name: 'Ada', title: null },
    }),
    at: (id) => `candidates/${id}`,
    shows: () => ({
      first_name: 'Ada',
      title: null,
      created_at: later,
      updated_at: later,
      last_activity: later,
    }),
  },
  change: {
    edit: (scene) => ({ do: 'change', resource: 'jobs', record: backend(scene), set: { name: 'Plumber' } }),
    at: (id) => `jobs/${id}`,
    shows: () => ({ name: 'Plumber', updated_at: later }),
  },
  delete: {
    edit: (scene) => ({ do: 'delete', resource: 'applications', record: active(scene).id }),
    at: (id) => `applications/${id}?include_deleted=true`,
    shows: () => ({ deleted_at: later, last_activity_at: later }),
  },
  close: {
    edit: (scene) => ({ do: 'close', resource: 'jobs', record: backend(scene) }),
    at: (id) => `jobs/${id}`,
    shows: () => ({ status: 'closed', closed_at: later, updated_at: later }),
  },
  reopen: {
    edit: (scene) => ({ do: 'reopen', resource: 'jobs', record: jobNamed(scene, 'Office Manager').id }),
    at: (id) => `jobs/${id}`,
    shows: () => ({ status: 'open', closed_at: null, updated_at: later }),
  },
  publish: {
    edit: (scene) => ({
      do: 'publish',
      record: postNamed(scene, 'Senior Backend Engineer, never published'),
    }),
    at: (id) => `job_posts/${id}`,
    shows: () => ({ live: true, first_published_at: later, updated_at: later }),
  },
  unpublish: {
    edit: (scene) => ({ do: 'unpublish', record: postNamed(scene, 'Senior Backend Engineer, Platform') }),
    at: (id) => `job_posts/${id}`,
    shows: () => ({ live: false, active: true, updated_at: later }),
  },
  move: {
    edit: (scene) => ({ do: 'move', application: active(scene).id, stage: ' onsite' }),
    at: (id) => `applications/${id}`,
    shows: () => ({ current_stage: { name: 'Onsite' }, last_activity_at: later }),
  },
  advance: {
    edit: (scene) => ({ do: 'advance', application: inFirstStage(scene).id }),
    at: (id) => `applications/${id}`,
    shows: () => ({ current_stage: { name: 'Recruiter Screen' }, last_activity_at: later }),
  },
  reject: {
    edit: (scene) => ({
      do: 'reject',
      application: active(scene).id,
      reason: scene.find('rejection_reasons').id,
      note: 'Too early.',
    }),
    at: (id) => `applications/${id}`,
    shows: (scene) => ({
      status: 'rejected',
      rejected_at: later,
      rejection_reason: { id: scene.find('rejection_reasons').id },
      last_activity_at: later,
    }),
  },
  unreject: {
    edit: (scene) => ({
      do: 'unreject',
      application: scene.find('applications', ({ status }) => status === 'rejected').id,
    }),
    at: (id) => `applications/${id}`,
    shows: () => ({ status: 'active', last_activity_at: later }),
  },
  hire: {
    edit: (scene) => ({
      do: 'hire',
      application: active(scene).id,
      opening: scene.find('openings', ({ status }) => status === 'open').id,
    }),
    at: (id) => `applications/${id}`,
    shows: () => ({ status: 'hired', last_activity_at: later }),
  },
  transfer: {
    edit: (scene) => ({
      do: 'transfer',
      application: active(scene).id,
      job: jobNamed(scene, 'Product Designer').id,
      stage: 'Onsite',
    }),
    at: (id) => `applications/${id}`,
    shows: () => ({
      jobs: [{ name: 'Product Designer' }],
      current_stage: { name: 'Onsite' },
      job_post_id: null,
      last_activity_at: later,
    }),
  },
  reorder: {
    edit: (scene) => ({
      do: 'reorder',
      resource: 'jobs',
      record: backend(scene),
      list: 'office_ids',
      order: [2, 0],
    }),
    at: (id) => `jobs/${id}`,
    shows: (scene) => {
      const [first, second, third] = scene.find('jobs', ({ id }) => id === backend(scene)).office_ids;
      // The reading follows the edit: the list is in its new order already.
      return { offices: [{ id: first }, { id: second }, { id: third }], updated_at: later };
    },
  },
};

test('every edit that the description knows can be done, and no other', () => {
  const described = (namedSchema('Edit').oneOf ?? []).map((one) => follow(one).properties?.['do']?.const);
  expect(Object.keys(verbs)).toEqual(described);
  expect(Object.keys(examples).toSorted()).toEqual(described.toSorted());
});

describe.each(Object.keys(examples) as Edit['do'][])('%s', (verb) => {
  test('shows in what the API sends, with its times', async () => {
    const scene = await setScene();
    const { edit, at, shows } = examples[verb];
    const before = scene.gem.world.store.records();
    scene.clock.advance(60_000);
    const [outcome] = applyEdits(scene.gem.world, [edit(scene)]);
    expect(outcome).toMatchObject({ do: verb });
    const sent = await read<object>(scene.gem, `/ats/v0/${at(outcome?.id ?? '')}`);
    expect(sent).toMatchObject(shows(scene));
    expect(scene.gem.world.store.records()).not.toEqual(before);
  });
});

test('an order of positions puts the third before the first, and the second last', async () => {
  const scene = await setScene();
  const id = backend(scene);
  const [first, second, third] = scene.find('jobs', (job) => job.id === id).office_ids;
  applyEdits(scene.gem.world, [examples.reorder.edit(scene)]);
  expect(scene.find('jobs', (job) => job.id === id).office_ids).toEqual([third, first, second]);
});

function backend(scene: Scene): string {
  return jobNamed(scene, 'Senior Backend Engineer').id;
}

function active(scene: Scene) {
  return scene.find('applications', ({ status, job_id }) => status === 'active' && job_id === backend(scene));
}

function inFirstStage(scene: Scene) {
  const [first] = scene.stages({ id: backend(scene) });
  return scene.find('applications', (one) => one.status === 'active' && one.current_stage_id === first?.id);
}

function postNamed({ find }: Scene, title: string): string {
  return find('job_posts', (post) => post.title === title).id;
}
