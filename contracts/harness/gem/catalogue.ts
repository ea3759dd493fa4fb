import type { GemPromise, GemPromises } from './promise.ts';
import access from './promises/access.ts';
import errors from './promises/errors.ts';
import filters from './promises/filters.ts';
import jobBoard from './promises/job-board.ts';
import paging from './promises/paging.ts';
import records from './promises/records.ts';
import refusedWrites from './promises/refused-writes.ts';
import relations from './promises/relations.ts';
import transport from './promises/transport.ts';
import writingAboutApplications from './promises/writing-about-applications.ts';
import writingAboutCandidates from './promises/writing-about-candidates.ts';

/** A behaviour with its name and what it is about. */
export interface NamedPromise {
  name: string;
  group: string;
  promise: GemPromise;
}

const groups: Readonly<Record<string, GemPromises>> = {
  transport,
  access,
  paging,
  filters,
  records: { ...records, ...relations },
  errors,
  'job board': jobBoard,
  writing: { ...writingAboutCandidates, ...writingAboutApplications, ...refusedWrites },
};

/** Every behaviour, in the order of the names. */
export const promises: readonly NamedPromise[] = Object.entries(groups)
  .flatMap(([group, named]) => Object.entries(named).map(([name, promise]) => ({ name, group, promise })))
  .toSorted((one, other) => (one.name < other.name ? -1 : 1));
