import { test as law } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { hiringTeam } from '../../../connector/policy/hiring-team.ts';
import { described } from '../../support/arbitraries/described.ts';
import { userLite } from '../../support/gem-records.ts';

test.each([
  ['hiring_managers', 'HIRING_MANAGER'],
  ['recruiters', 'RECRUITER'],
  ['coordinators', 'COORDINATOR'],
  ['sourcers', 'SOURCER'],
])('somebody among the %s is a %s', (group, role) => {
  expect(hiringTeam({ [group]: [userLite('uma')] })).toEqual([{ userId: 'uma', roles: [role] }]);
});

test('somebody who is in a group twice has its role once', () => {
  expect(hiringTeam({ recruiters: [userLite('uma'), userLite('uma')] })).toEqual([
    { userId: 'uma', roles: ['RECRUITER'] },
  ]);
});

test('somebody in several groups is one member with several roles', () => {
  const team = { recruiters: [userLite('uma')], hiring_managers: [userLite('ben'), userLite('uma')] };
  expect(hiringTeam(team)).toEqual([
    { userId: 'ben', roles: ['HIRING_MANAGER'] },
    { userId: 'uma', roles: ['HIRING_MANAGER', 'RECRUITER'] },
  ]);
});

test('a job without a team has nobody', () => {
  expect(hiringTeam({})).toEqual([]);
});

law.prop([described('HiringTeam')])('everybody of the team is a member, and nobody else', (team) => {
  const people = Object.values(team).flatMap((group) => group.map(({ id }) => id));
  expect(new Set(hiringTeam(team).map(({ userId }) => userId))).toEqual(new Set(people));
});
