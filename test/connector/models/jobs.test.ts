import { test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { jobs } from '../../../connector/models/jobs.ts';
import { integrationFieldId } from '../../../connector/policy/integration-field.ts';
import { jobRecord } from '../../support/gem-records.ts';
import { records } from '../../support/arbitraries/records.ts';
import { rowOf, rowsOf, testCopies } from './support/mapping.ts';
import { departmentRecord, officeRecord } from './support/places.ts';

describe('a job (kombo-unified-api §2.2)', () => {
  testCopies(
    { model: jobs, listing: 'listJobs' },
    {
      remote_id: 'id',
      job_code: 'requisition_id',
      confidential: 'confidential',
      opened_at: 'opened_at',
      closed_at: 'closed_at',
      remote_created_at: 'created_at',
      remote_updated_at: 'updated_at',
    },
  );

  law.prop([records.listJobs])('has its name without the stray blanks that Gem keeps around it', (job) => {
    const { name } = rowOf(jobs, job);
    expect(name).not.toMatch(/^\s|\s$/);
    expect(job.name).toContain(name);
    expect(job.name.replace(String(name), '')).toMatch(/^\s*$/);
  });

  test.each([
    ['open', 'OPEN'],
    ['closed', 'CLOSED'],
    ['draft', 'DRAFT'],
    // The approval comes before the opening.
    ['pending_approval', 'DRAFT'],
    ['approved', 'DRAFT'],
  ] as const)('that is %s at Gem has the status %s', (status, expected) => {
    expect(rowOf(jobs, jobRecord('job', { status }))['status']).toBe(expected);
  });

  test.each([
    ['in_office', 'ON_SITE'],
    ['hybrid', 'HYBRID'],
    ['remote', 'REMOTE'],
    [null, null],
  ] as const)('with the location type %s has the remote work status %s', (location_type, expected) => {
    expect(rowOf(jobs, jobRecord('job', { location_type }))['remote_work_status']).toBe(expected);
  });

  test('has the first office as its location and the first department as its department', () => {
    const job = jobRecord('job', {
      offices: [officeRecord('West', 'Paris, France'), officeRecord('East', 'Berlin')],
      departments: [departmentRecord('Engineering'), departmentRecord('Sales')],
    });
    expect(rowOf(jobs, job)).toMatchObject({
      location: { raw: 'Paris, France', country: 'FR' },
      department: 'Engineering',
    });
    expect(rowOf(jobs, jobRecord('job'))).toMatchObject({ location: null, department: null });
  });

  law.prop([records.listJobs])('has all offices and departments in its custom fields', (job) => {
    expect(rowOf(jobs, job)['custom_fields']).toEqual({ offices: job.offices, departments: job.departments });
  });

  law.prop([records.listJobs])(
    "offers its offices, its departments and the team's own fields to map from",
    (job) => {
      const own = Object.entries(job.custom_fields).map(([key, value]) => [
        'CUSTOM',
        key,
        key,
        value,
        idOf(`custom_fields/${key}`),
      ]);
      expect(fieldsOf(rowOf(jobs, job)['integration_fields'])).toEqual([
        ['DEFAULT', 'offices', 'Offices', job.offices, idOf('offices')],
        ['DEFAULT', 'departments', 'Departments', job.departments, idOf('departments')],
        ...own,
      ]);
    },
  );

  test("takes its description and its address from its postings, which the mapping doesn't see", () => {
    expect(Object.keys(jobs.derivedColumns).toSorted()).toEqual(['description', 'post_url']);
    const [row] = rowsOf(jobs, jobRecord('job'));
    expect(row).not.toHaveProperty('description');
    expect(row).not.toHaveProperty('post_url');
  });
});

function fieldsOf(fields: unknown): unknown[] {
  return (fields as UnifiedSchemas['IntegrationFieldValue'][]).map(({ type, key, label, value, id }) => [
    type,
    key,
    label,
    value,
    id,
  ]);
}

/** Whoever maps a field names it by the id under which the account has it. */
function idOf(key: string): string {
  return integrationFieldId('gem:1', 'ats_jobs', key);
}
