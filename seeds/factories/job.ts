import type { JobRecord } from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes a job: open and in-office unless the overrides say otherwise. */
export function makeJob(kit: Kit, overrides: Partial<JobRecord> & Pick<JobRecord, 'name'>): JobRecord {
  const created_at = overrides.created_at ?? kit.ago(kit.chance.number.int({ min: 60, max: 300 }), 137);
  return {
    id: kit.identifiers.next('job'),
    requisition_id: `R${kit.chance.string.numeric({ length: 4, allowLeadingZeros: false })}`,
    confidential: false,
    status: 'open',
    updated_at: created_at,
    opened_at: created_at,
    closed_at: null,
    is_template: false,
    department_ids: [],
    office_ids: [],
    hiring_team: {},
    location_type: 'in_office',
    employment_type: 'full_time',
    custom_fields: {},
    deleted_at: null,
    ...overrides,
    created_at,
  };
}
