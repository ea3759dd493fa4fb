import type { GemSchemas } from '../../../../contracts/gem.ts';

/** An office of Gem that is called something and lies somewhere. */
export function officeRecord(name: string, place: string): GemSchemas['Office'] {
  return {
    child_ids: [],
    child_office_external_ids: [],
    id: name,
    location: { name: place },
    name,
    parent_id: null,
    parent_office_external_id: null,
  };
}

/** A department of Gem that is called something. */
export function departmentRecord(name: string): GemSchemas['Department'] {
  return {
    child_department_external_ids: [],
    child_ids: [],
    id: name,
    name,
    parent_department_external_id: null,
    parent_id: null,
  };
}
