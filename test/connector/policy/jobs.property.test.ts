import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { wrongOnes } from '../../../contracts/harness/rule.ts';
import allDepartments from '../../../contracts/rules/jobs/all-departments.ts';
import allOffices from '../../../contracts/rules/jobs/all-offices.ts';
import firstDepartment from '../../../contracts/rules/jobs/first-department.ts';
import { firstDepartment as map } from '../../../connector/policy/jobs.ts';
import { hiringTeam as mapTeam } from '../../../connector/policy/hiring-team.ts';
import { department, hiringTeam, job } from '../../support/arbitraries/jobs.ts';
import { nothing } from '../../support/gem-records.ts';
import { unifiedJob } from '../../support/unified.ts';

test.prop([job])("a job's department contradicts no rule", (gem) => {
  expect(wrongOnes(firstDepartment.judge({ gem, unified: unifiedJob(gem), all: nothing }))).toEqual([]);
});

test.prop([department, fc.array(department)])('departments after the first change nothing', (first, rest) => {
  expect(map([first, ...rest])).toBe(map([first]));
});

test.prop([job])(
  'all offices and departments are reachable, whatever the team calls its own fields',
  (gem) => {
    const unified = unifiedJob(gem);
    expect(wrongOnes(allOffices.judge({ gem, unified, all: nothing }))).toEqual([]);
    expect(wrongOnes(allDepartments.judge({ gem, unified, all: nothing }))).toEqual([]);
    const ids = unified.integration_fields.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  },
);

test.prop([hiringTeam])('each person of a hiring team is one member with one role for each group', (team) => {
  const members = mapTeam(team);
  const ids = members.map(({ userId }) => userId);
  expect(new Set(ids).size).toBe(ids.length);
  const groups = Object.values(team).map((people) => new Set(people.map(({ id }) => id)));
  const places = groups.reduce((sum, { size }) => sum + size, 0);
  expect(members.reduce((sum, { roles }) => sum + roles.length, 0)).toBe(places);
});
