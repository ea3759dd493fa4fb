// Tells in the texts beside a captured world what this program says from what came from elsewhere.
import { descriptionText } from '../../contracts/drift/patch.ts';
import { places } from '../../contracts/drift/places.ts';
import { promises } from '../../contracts/harness/gem/promises/index.ts';
import { resourceNames, type ResourceName } from '../../seeds/index.ts';
import { readme } from './texts.ts';
import { wordsOf } from './words.ts';

/** What this program says itself. */
export interface OwnTexts {
  /** A word of these is no leak, although somebody may be called so. */
  readonly texts: readonly string[];
  /** The parts of a line that are not said so in its own texts: two words beside each other may be somebody's full name. */
  othersIn(line: string): string[];
}

/** Gathers what this program says in a README and in reports of drift. */
export function gatherOwnTexts(): OwnTexts {
  const counts = Object.fromEntries(resourceNames.map((name) => [name, 1])) as Record<ResourceName, number>;
  const folders = [true, false].map((isReadable) =>
    readme({
      counts,
      keepUntil: isReadable ? '' : undefined,
      sample: 1,
      since: '',
      leftOut: new Map([['', 1]]),
      isReadable,
      replaced: 1,
      hasPatch: true,
    }),
  );
  const lines = new Set(
    [...folders, descriptionText()].flatMap((text) => text.split('\n').map((line) => line.trim())),
  );
  const phrases = [
    ...[...places.values()].flatMap(({ pointer, name, evidence }) => [pointer, name, evidence.source]),
    ...promises.flatMap(({ name, group, promise }) => [
      name,
      group,
      promise.statement,
      promise.evidence.source,
    ]),
    ...wordsOfReports,
  ];
  const known = [...new Set(phrases)]
    .filter((phrase) => wordsOf(phrase).length > 1)
    .toSorted((one, other) => other.length - one.length);
  return {
    texts: [...lines, ...phrases],
    othersIn(line) {
      if (lines.has(line.replace(/^[ +-]/, '').trim())) return [];
      let parts = [line];
      for (const phrase of known) {
        if (line.includes(phrase)) parts = parts.flatMap((part) => part.split(phrase));
      }
      return parts;
    },
  };
}

/** What is said of Gem beside the words of its description and of the promises. */
const wordsOfReports = [
  'As far as was seen, Gem departs from its description in nothing. 3 ways in which Gem departs from its description, not so',
  'operation about answer request behaviour write mirror what expected got times missing one of nothing null list of object string number boolean true false more none',
  'Gem never asked to be left alone for a moment (429). Gem asked 3 times',
  'The subject is an emulator: what it does proves nothing about Gem, and no guess changes its grade.',
  'No guess was confirmed or refuted in the description, in no single place: was assumed, lineage, documented, observed',
  'subject date findings probed throttled counts drift isEmulator behaviours held broken state compared contradictions settles remark group evidence grade source statement name place operations answers objects fields',
  'answers of another type, objects out of order, a Link header, headers about the limit, lists without X-Pagination, records before an older one, instants in another form',
  'as far as others asked for it, no answer had it, nobody asked for it, no such parameter, taken, refused with, to be taken, as it was sent, a comparison',
  'the same, different, unseen: it is empty, it has no three records; later pages, records that came before, in their place on three pages, no two records differ in age',
  'status in the other form, body in the other form, message, total is at least what was seen, previous_page on the first page, next_page, all answers, out of order',
  '--- a/contracts/gem.openapi.yaml +++ b/contracts/gem.openapi.yaml @@ x-evidence seen on at http https api gem com localhost',
];
