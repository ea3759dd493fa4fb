import * as fc from 'fast-check';
import { same, check } from '../support/compare.ts';
import { people } from '../cases/people.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule, type Finding, type Check } from '../../harness/rule.ts';

const link = fc.constantFrom(
  'https://www.linkedin.com/in/jane',
  'linkedin.com/in/odd',
  'https://x.com/@jane',
  'https://github.com/jane/',
  '@odd',
  'not a link',
  'http://[',
  'https://example.org/a%20b',
  'https://例え.jp/ユーザー',
);

export default readingRule({
  statement:
    "a candidate's `social_media` are Gem's links, letter by letter; a username is told only where the link has it",
  evidence: {
    grade: 'observed',
    source: 'kombo-unified-api §2.3; gem-ats-api §3.1 (links are all that Gem has)',
  },
  of: 'candidates',
  becomes: 'candidates',
  needs: ['candidates.social_media'],
  cases: people(
    fc.constant({ social_media_addresses: ['https://www.linkedin.com/in/jane/?trk=x#y', 'github.com/jane'] }),
    fc.record({ social_media_addresses: fc.array(link, { maxLength: 3 }) }),
    fc.constant({ social_media_addresses: [] }),
  ),
  judge({ gem, unified }): Check[] {
    const shown = unified.social_media ?? [];
    const links = same(
      'social_media',
      shown.map((one) => one.link),
      gem.social_media_addresses.map(({ value }) => value),
    );
    const named = shown.filter(({ username }) => username !== null);
    const types = shown.flatMap(({ link: address, type }) =>
      same(`the type of ${address}, a word in capitals or null`, type, type?.toUpperCase() ?? null),
    );
    return [...links, ...types, ...named.flatMap((one) => check(isTold(one), asFinding(one)))];
  },
  mutants: [
    showsWrong('links without their query', 'candidates', (candidate) => {
      for (const one of candidate.social_media ?? []) one.link = one.link?.replace(/[?#].*$/, '') ?? null;
      return candidate;
    }),
    showsWrong('LinkedIn only', 'candidates', (candidate) => ({
      ...candidate,
      social_media: (candidate.social_media ?? []).filter((one) => one.link?.includes('linkedin')),
    })),
    showsWrong('full name as username', 'candidates', (candidate) => {
      for (const one of candidate.social_media ?? [])
        one.username = `${candidate.first_name} ${candidate.last_name}`;
      return candidate;
    }),
  ],
});

interface Account {
  link: string | null;
  username: string | null;
}

/** Special characters of a user name may be escaped in a link, as in `%20`. */
function isTold({ link: address, username }: Account): boolean {
  if (username === null) return true;
  return [username, encodeURI(username), encodeURIComponent(username)].some((one) => address?.includes(one));
}

function asFinding({ link: address, username }: Account): Finding {
  return { what: `the username of ${address}`, expected: 'part of the link, or null', got: username };
}
