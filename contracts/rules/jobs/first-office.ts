import { same } from '../support/compare.ts';
import { jobsInOffices } from '../cases/jobs.ts';
import type { ItemOf } from '../../harness/lists.ts';
import type { GemSchemas } from '../../gem.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule, type Mutant } from '../../harness/rule.ts';

export default readingRule({
  statement: "a job's `location` is the first of Gem's `offices`, and only that one",
  evidence: { grade: 'documented', source: 'kombo-gem-connector §3 #1' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.location'],
  cases: jobsInOffices,
  judge({ gem, unified }) {
    const [office] = gem.offices;
    if (!office) return same('location', unified.location, null);
    return same('location.raw', unified.location?.raw ?? null, placeOf(office));
  },
  mutants: [
    showsPlace('last office', (offices) => offices.map(placeOf).at(-1)),
    showsPlace('all offices in one', (offices) => offices.map(placeOf).join('; ')),
    showsPlace('office with the least id', (offices) =>
      offices
        .toSorted((one, other) => (one.id < other.id ? -1 : 1))
        .map(placeOf)
        .at(0),
    ),
  ],
});

type Office = GemSchemas['Office'];

const nowhere = { city: null, country: null, state: null, street_1: null, street_2: null, zip_code: null };

/** The text of the place; the name of the office where there is none. */
function placeOf({ location, name }: Office): string | null {
  return [location.name, name].find((text) => text.trim() !== '') ?? null;
}

function showsPlace(name: string, choose: (offices: readonly Office[]) => string | null | undefined): Mutant {
  return showsWrong(name, 'jobs', (job: ItemOf['jobs'], gem) => {
    const raw = choose(gemRecord(gem, 'jobs', job.remote_id)?.offices ?? []) ?? null;
    // The rule office-address looks at what is read from the text.
    return { ...job, location: job.location && { ...nowhere, raw } };
  });
}
