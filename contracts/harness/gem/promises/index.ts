// Every promise by its group.
import type { GemPromise, GemPromises } from '../promise.ts';
import access from './access.ts';
import agreement from './agreement.ts';
import deleted from './deleted.ts';
import errors from './errors.ts';
import filters from './filters.ts';
import jobBoard from './job-board.ts';
import paging from './paging.ts';
import rarerFilters from './rarer-filters.ts';
import records from './records.ts';
import relations from './relations.ts';
import transport from './transport.ts';
import writingApplications from './writing-applications.ts';
import writingCandidates from './writing-candidates.ts';
import writingNotesAndFiles from './writing-notes-and-files.ts';
import writingRefusals from './writing-refusals.ts';

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
  filters: { ...filters, ...rarerFilters, ...deleted },
  records: { ...records, ...relations, ...agreement },
  errors,
  'job board': jobBoard,
  writing: { ...writingCandidates, ...writingNotesAndFiles, ...writingApplications, ...writingRefusals },
};

/** Every behaviour, in the order of the names. */
export const promises: readonly NamedPromise[] = Object.entries(groups)
  .flatMap(([group, named]) => Object.entries(named).map(([name, promise]) => ({ name, group, promise })))
  .toSorted((one, other) => (one.name < other.name ? -1 : 1));
