import type { ResourceName } from '../../../../seeds/index.ts';
import { expect } from 'vitest';
import { all, type Row, type Fixture } from './method.ts';

/** The lists that Gem has: each shows every living record of Gem, page by page. */
export const reading = {
  getUsers: async (fixture) => {
    expectAllOf(fixture, 'users', await all(fixture.kombo.ats.getUsers(page)));
  },

  getJobs: async (fixture) => {
    const jobs = await all(fixture.kombo.ats.getJobs(page));
    expectAllOf(fixture, 'jobs', jobs);
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

  getCandidates: async (fixture) => {
    expectAllOf(fixture, 'candidates', await all(fixture.kombo.ats.getCandidates(page)));
  },

  getApplications: async (fixture) => {
    expectAllOf(fixture, 'applications', await all(fixture.kombo.ats.getApplications(page)));
  },

  getInterviews: async (fixture) => {
    expectAllOf(fixture, 'scheduled_interviews', await all(fixture.kombo.ats.getInterviews(page)));
  },

  getApplicationStages: async (fixture) => {
    expectAllOf(fixture, 'job_stages', await all(fixture.kombo.ats.getApplicationStages(page)));
  },
} satisfies Record<string, Row>;

const page = { page_size: 5 };

function expectAllOf({ both }: Fixture, resource: ResourceName, items: { remote_id: string | null }[]): void {
  const living = [...both.gem.world.store.collection(resource).entries()].flatMap(({ record }) =>
    record.deleted_at === null ? [record.id] : [],
  );
  expect(items.map(({ remote_id: remoteId }) => remoteId).toSorted()).toEqual(living.toSorted());
}
