// Turns what Gem sends of a record into the record of a world: each fact once, relations as ids. What makes it fit is done
// elsewhere: references that lead nowhere, and values that no world holds.
import { isRow, type Row } from './steps.ts';

/** The fields of a record of a world, not yet held against its description. */
export type Draft = Record<string, unknown>;

/** An instant for what Gem does not tell the creation of: by it, such records stay in the order of their list. */
export type CreatedAt = (index: number) => string;

/** Users (gem-ats-api §3.6). */
export function toUser(row: Row): Draft {
  return {
    ...common(row),
    first_name: text(row['first_name']),
    last_name: text(row['last_name']),
    employee_id: textOrNull(row['employee_id']),
    primary_email_address: text(row['primary_email_address']) || (texts(row['emails'])[0] ?? ''),
    emails: texts(row['emails']),
    disabled: row['disabled'] === true,
    site_admin: row['site_admin'] === true,
    linked_candidate_ids: texts(row['linked_candidate_ids']),
    office_ids: idsOf(row['offices']),
    department_ids: idsOf(row['departments']),
    updated_at: textOrNull(row['updated_at']) ?? row['created_at'],
  };
}

/** Offices (gem-ats-api §3.3). */
export function toOffice(row: Row, created_at: string): Draft {
  return {
    ...common(row, created_at),
    name: text(row['name']),
    location_name: isRow(row['location']) ? text(row['location']['name']) : '',
    parent_id: textOrNull(row['parent_id']),
    parent_office_external_id: textOrNull(row['parent_office_external_id']),
    child_office_external_ids: texts(row['child_office_external_ids']),
  };
}

/** Departments (gem-ats-api §3.3). */
export function toDepartment(row: Row, created_at: string): Draft {
  return {
    ...common(row, created_at),
    name: text(row['name']),
    parent_id: textOrNull(row['parent_id']),
    parent_department_external_id: textOrNull(row['parent_department_external_id']),
    child_department_external_ids: texts(row['child_department_external_ids']),
  };
}

/** Sources, as their list has them or as an application names its own (gem-ats-api §3.12). */
export function toSource(row: Row, created_at: string): Draft {
  const name = text(row['name']) || text(row['public_name']);
  return { ...common(row, created_at), public_name: name, type: named(row['type']) };
}

/** Reasons of rejections (gem-ats-api §3.12). */
export function toRejectionReason(row: Row, created_at: string): Draft {
  return { ...common(row, created_at), name: text(row['name']), type: named(row['type']) };
}

/** Reasons to close an opening (gem-ats-api §3.12). */
export function toCloseReason(row: Row, created_at: string): Draft {
  return { ...common(row, created_at), name: text(row['name']) };
}

/** The team's own fields (gem-ats-api §3.12). @param inCrm the same field as the CRM tells it, if it does */
export function toCustomField(row: Row, created_at: string, inCrm: Row | undefined): Draft {
  const seconds = inCrm?.['created_at'];
  return {
    // Seconds are all that the CRM tells; what lies below them keeps the order.
    ...common(
      row,
      typeof seconds === 'number' ? atSecond(seconds, Date.parse(created_at) % 1000) : created_at,
    ),
    field_type: row['field_type'],
    name: text(row['name']),
    value_type: row['value_type'],
    active: row['active'] !== false,
    private: row['private'] === true,
    required: row['required'] === true,
    options: onlyRows(row['custom_field_options'])
      .toSorted((one, other) => numberOf(one['priority']) - numberOf(other['priority']))
      .map((option) => ({ id: text(option['id']), name: text(option['name']) })),
  };
}

/** Jobs (gem-ats-api §3.3). */
export function toJob(row: Row): Draft {
  const team = isRow(row['hiring_team']) ? row['hiring_team'] : {};
  const groups = ['hiring_managers', 'recruiters', 'coordinators', 'sourcers'].filter(
    (group) => group in team,
  );
  return {
    ...common(row),
    name: text(row['name']),
    requisition_id: textOrNull(row['requisition_id']),
    confidential: row['confidential'] === true,
    status: row['status'],
    updated_at: textOrNull(row['updated_at']) ?? row['created_at'],
    opened_at: textOrNull(row['opened_at']),
    closed_at: textOrNull(row['closed_at']),
    is_template: row['is_template'] === true,
    department_ids: idsOf(row['departments']),
    office_ids: idsOf(row['offices']),
    hiring_team: Object.fromEntries(groups.map((group) => [group, idsOf(team[group])])),
    location_type: row['location_type'] ?? null,
    employment_type: row['employment_type'] ?? null,
    custom_fields: isRow(row['custom_fields']) ? row['custom_fields'] : {},
  };
}

/** The stages of jobs (gem-ats-api §3.5). */
export function toJobStage(row: Row): Draft {
  return {
    ...common(row),
    job_id: text(row['job_id']),
    name: text(row['name']),
    priority: numberOf(row['priority']),
    active: row['active'] !== false,
    updated_at: textOrNull(row['updated_at']) ?? row['created_at'],
    interviews: onlyRows(row['interviews']).map((interview) => {
      const kit = isRow(interview['interview_kit']) ? interview['interview_kit'] : {};
      return {
        id: text(interview['id']),
        item_id: text(interview['job_stage_interview_item_id']),
        name: text(interview['name']),
        schedulable: interview['schedulable'] !== false,
        estimated_minutes: Math.max(0, Math.round(numberOf(interview['estimated_minutes']))),
        default_interviewer_ids: idsOf(interview['default_interviewer_users']),
        kit: {
          id: text(kit['id']),
          content: text(kit['content']),
          // The sources disagree on the key of the text (gem-ats-api §12).
          questions: onlyRows(kit['questions']).map((question) => ({
            id: text(question['id']),
            question: text(question['question']) || text(question['name']),
          })),
        },
        deleted_at: textOrNull(interview['deleted_at']),
      };
    }),
  };
}

/** Job posts (gem-ats-api §3.4). */
export function toJobPost(row: Row): Draft {
  return {
    ...common(row),
    job_id: text(row['job_id']),
    title: text(row['title']),
    active: row['active'] === true,
    live: row['live'] === true,
    internal: row['internal'] === true,
    external: row['external'] === true,
    listed: row['listed'] !== false,
    first_published_at: textOrNull(row['first_published_at']),
    content: text(row['content']),
    internal_content: textOrNull(row['internal_content']),
    updated_at: textOrNull(row['updated_at']) ?? row['created_at'],
  };
}

/** Openings (gem-ats-api §3.10). Which close reason one has Gem does not tell. */
export function toOpening(row: Row, created_at: string): Draft {
  return {
    ...common(row, created_at),
    job_id: textOrNull(row['job_id']),
    opening_id: textOrNull(row['opening_id']),
    status: row['status'],
    opened_at: textOrNull(row['opened_at']),
    closed_at: textOrNull(row['closed_at']),
    application_id: textOrNull(row['application_id']),
    close_reason_id: null,
    target_hire_date: textOrNull(row['target_hire_date']),
    target_start_date: textOrNull(row['target_start_date']),
    custom_fields: isRow(row['custom_fields']) ? row['custom_fields'] : {},
  };
}

/** What all records have. @param createdAt where Gem does not tell it */
export function common(row: Row, createdAt?: string): Draft {
  return {
    id: text(row['id']),
    created_at: textOrNull(row['created_at']) ?? createdAt ?? null,
    deleted_at: textOrNull(row['deleted_at']),
  };
}

/** An instant within a second. */
export function atSecond(seconds: number, milliseconds: number): string {
  return new Date(seconds * 1000 + Math.min(999, milliseconds)).toISOString();
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function onlyRows(value: unknown): Row[] {
  return Array.isArray(value) ? value.filter((item) => isRow(item)) : [];
}

/** The id of what lies within a record. */
export function idOf(value: unknown): string | null {
  return isRow(value) ? textOrNull(value['id']) : null;
}

export function idsOf(value: unknown): string[] {
  return onlyRows(value).flatMap((row) => idOf(row) ?? []);
}

export function named(value: unknown): { id: string; name: string } {
  return isRow(value) ? { id: text(value['id']), name: text(value['name']) } : { id: '', name: '' };
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
