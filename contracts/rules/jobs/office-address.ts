import { check } from '../support/compare.ts';
import { jobsInOffices } from '../cases/jobs.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';
import type { UnifiedSchemas } from '../../unified.ts';

export default readingRule({
  statement: "the parts of a job's `location` are words of its text, and the country may be the code of one",
  evidence: {
    grade: 'assumed',
    source:
      'kombo-unified-api §2.8: how parts are read from a text is not documented, that none is made up is',
  },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.location'],
  cases: jobsInOffices,
  judge({ unified: { location } }) {
    if (!location) return [];
    const { raw = null, country = null } = location;
    return parts
      .filter((part) => (location[part] ?? null) !== null)
      .flatMap((part) => {
        const got = location[part] ?? '';
        const isRight = isWordOf(raw, got) || (part === 'country' && isCountryOf(raw, country ?? ''));
        return check(isRight, { what: `location.${part}`, expected: `words of ${raw}, or null`, got });
      });
  },
  mutants: [
    showsWrong('the country of another', 'jobs', (job) => ({
      ...job,
      location: job.location && { ...job.location, country: 'TV' },
    })),
    showsWrong('a city for every office', 'jobs', (job) => ({
      ...job,
      location: job.location && { ...job.location, city: 'Springfield' },
    })),
  ],
});

const parts = [
  'city',
  'country',
  'state',
  'street_1',
  'street_2',
  'zip_code',
] as const satisfies readonly Exclude<keyof NonNullable<UnifiedSchemas['Job']['location']>, 'raw'>[];

function isWordOf(text: string | null, part: string): boolean {
  return part.trim() !== '' && wordsOf(text ?? '').includes(wordsOf(part));
}

/** The words of a text, each with a blank on both sides. */
function wordsOf(text: string): string {
  return ` ${text
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(' ')} `;
}

// A country that was one with another has a code still, under the other's name: DD and DE are both called Germany.
const codes = Array.from({ length: 26 * 26 }, (_nothing, number) =>
  String.fromCodePoint(65 + Math.floor(number / 26), 65 + (number % 26)),
).filter((code) => new Intl.Locale(`und-${code}`).region === code);
const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const names = new Map(codes.flatMap((code) => [[code, english.of(code)] as const]));

/** A code is right unless the text ends with another country's name; one may know where a city lies. */
function isCountryOf(text: string | null, code: string): boolean {
  const end = text?.split(',').at(-1)?.trim();
  // A state of the United States has the name of a country.
  const named = end === 'Georgia' ? undefined : codes.find((known) => names.get(known) === end);
  return names.get(code) !== undefined && text !== null && (named ?? code) === code;
}
