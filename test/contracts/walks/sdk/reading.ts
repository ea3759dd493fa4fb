import type { ResourceName } from '../../../../seeds/index.ts';
import { expect } from 'vitest';
import { all, type Row, type Scene } from './method.ts';

/** The lists that Gem has: each shows every living record of Gem, page by page. */
export const reading = {
  getUsers: async (scene) => {
    expectAllOf(scene, 'users', await all(scene.kombo.ats.getUsers(page)));
  },

  getJobs: async (scene) => {
    const jobs = await all(scene.kombo.ats.getJobs(page));
    expectAllOf(scene, 'jobs', jobs);
    const backend = jobs.filter(({ name }) => name?.startsWith('Senior Backend'));
    expect(backend).toHaveLength(1);
    expect(backend[0]?.job_postings.map(({ status }) => status).toSorted()).toEqual([
      'ACTIVE',
      'ACTIVE',
      'DRAFT',
      'INACTIVE',
    ]);
    expect(backend[0]?.stages.length).toBe(8);
    expect(backend[0]?.hiring_team.flatMap(({ hiring_team_roles: roles }) => roles)).toContain(
      'HIRING_MANAGER',
    );
  },

  getCandidates: async (scene) => {
    expectAllOf(scene, 'candidates', await all(scene.kombo.ats.getCandidates(page)));
  },

  getApplications: async (scene) => {
    expectAllOf(scene, 'applications', await all(scene.kombo.ats.getApplications(page)));
  },

  getInterviews: async (scene) => {
    expectAllOf(scene, 'scheduled_interviews', await all(scene.kombo.ats.getInterviews(page)));
  },

  getApplicationStages: async (scene) => {
    expectAllOf(scene, 'job_stages', await all(scene.kombo.ats.getApplicationStages(page)));
  },
} satisfies Record<string, Row>;

const page = { page_size: 5 };

function expectAllOf({ both }: Scene, resource: ResourceName, items: { remote_id: string | null }[]): void {
  const living = [...both.gem.world.store.collection(resource).entries()].flatMap(({ record }) =>
    record.deleted_at === null ? [record.id] : [],
  );
  expect(items.map(({ remote_id: remoteId }) => remoteId).toSorted()).toEqual(living.toSorted());
}
