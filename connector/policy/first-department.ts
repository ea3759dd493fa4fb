/** A job's department: the name of the first of Gem's departments and only that one (rule first-department). */
export function firstDepartment(departments: readonly { name?: string | undefined }[]): string | null {
  return departments[0]?.name ?? null;
}
