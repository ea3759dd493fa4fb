// Who works at the company, and where.
import type { UserRecord, OfficeRecord, DepartmentRecord } from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes a member of the hiring company. Of addresses that are told without a primary one, the first is the primary one. */
export function makeUser(kit: Kit, domain: string, overrides: Partial<UserRecord> = {}): UserRecord {
  const first_name = overrides.first_name ?? kit.chance.person.firstName();
  const last_name = overrides.last_name ?? kit.chance.person.lastName();
  const default_email_address = `${mailbox(first_name)}.${mailbox(last_name)}@${domain}`;
  const primary_email_address =
    overrides.primary_email_address ?? overrides.emails?.[0] ?? default_email_address;
  const created_at = overrides.created_at ?? kit.ago(kit.chance.number.int({ min: 500, max: 900 }));
  return {
    id: kit.identifiers.next('user'),
    first_name,
    last_name,
    employee_id: `E${kit.chance.string.numeric({ length: 4, allowLeadingZeros: false })}`,
    primary_email_address,
    emails: [primary_email_address],
    disabled: false,
    site_admin: false,
    linked_candidate_ids: [],
    office_ids: [],
    department_ids: [],
    updated_at: created_at,
    deleted_at: null,
    ...overrides,
    created_at,
  };
}

/** A name as the local part of an address: plain lower-case letters. */
export function mailbox(name: string): string {
  const plain = name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll(/[^a-z0-9]/g, '');
  return plain || 'mail';
}

/** Makes an office; `location_name` is the text that Gem sends as its location. */
export function makeOffice(
  kit: Kit,
  overrides: Partial<OfficeRecord> & Pick<OfficeRecord, 'name' | 'location_name'>,
): OfficeRecord {
  return {
    id: kit.identifiers.next('office'),
    parent_id: null,
    parent_office_external_id: null,
    child_office_external_ids: [],
    created_at: kit.ago(1000),
    deleted_at: null,
    ...overrides,
  };
}

/** Makes a department. */
export function makeDepartment(
  kit: Kit,
  overrides: Partial<DepartmentRecord> & Pick<DepartmentRecord, 'name'>,
): DepartmentRecord {
  return {
    id: kit.identifiers.next('department'),
    parent_id: null,
    parent_department_external_id: null,
    child_department_external_ids: [],
    created_at: kit.ago(1000),
    deleted_at: null,
    ...overrides,
  };
}
