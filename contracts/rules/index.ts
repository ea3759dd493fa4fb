import { allDepartments } from './all-departments.ts';
import { allOffices } from './all-offices.ts';
import { applicationSource } from './application-source.ts';
import { firstDepartment } from './first-department.ts';
import { firstOffice } from './first-office.ts';
import { initialSource } from './initial-source.ts';
import { personalEmails } from './personal-emails.ts';
import { postingText } from './posting-text.ts';
import { resumeAttachments } from './resume-attachments.ts';
import type { Statement } from './rule.ts';

/** Every rule, in the order of the connector's page. */
export const rules = [
  firstOffice,
  allOffices,
  firstDepartment,
  allDepartments,
  postingText,
  initialSource,
  applicationSource,
  personalEmails,
  resumeAttachments,
] as const satisfies readonly (Statement & { kind: 'read' | 'write' })[];

export {
  allDepartments,
  allOffices,
  applicationSource,
  firstDepartment,
  firstOffice,
  initialSource,
  personalEmails,
  postingText,
  resumeAttachments,
};
export { type CreateBody, type ReadRule, type RuleName, type Statement, type WriteRule } from './rule.ts';
export { type JobWithPosts } from './posting-text.ts';
