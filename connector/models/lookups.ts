import type { ListingName } from './listings.ts';

/** A small list whose records stand nested in others, and that says nothing of when they changed. */
export interface Lookup {
  operation: 'listOffices' | 'listDepartments' | 'listSources' | 'listRejectionReasons';
  /** The lists whose records carry copies that are mapped: a change here changes those, though Gem does not say so. */
  copiedInto: readonly ListingName[];
}

/**
 * Every lookup. All are read whole by each sync (gem-ats-api §9). That there are lists of departments, sources and
 * reasons is not proven (gem-ats-api §2.1), so a Gem without them is fine: then the next full sync finds the change.
 */
export const lookups: readonly Lookup[] = [
  { operation: 'listOffices', copiedInto: ['listJobs'] },
  { operation: 'listDepartments', copiedInto: ['listJobs'] },
  { operation: 'listSources', copiedInto: ['listCandidates', 'listApplications'] },
  { operation: 'listRejectionReasons', copiedInto: ['listApplications'] },
];
