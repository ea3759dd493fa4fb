// What stands beside the captured world, for people.
import { Lexer } from 'yaml';
import { describeDrift, readDrift } from '../../contracts/drift/drift.ts';
import { descriptionText, driftPatch } from '../../contracts/drift/patch.ts';
import { places } from '../../contracts/drift/places.ts';
import { promises } from '../../contracts/harness/gem/promises/index.ts';
import type { Watch } from '../../contracts/harness/gem/watch/watch.ts';
import { resourceNames, type ResourceName } from '../../seeds/index.ts';
import type { SeenOfGem } from './read-account.ts';
import type { LeftOut } from './fit.ts';
import { wordsOf } from './words.ts';

/** What is told of Gem: no value of any record. */
export interface DriftReport {
  text: string;
  json: string;
  patch: string;
}

/** The drift report in its three forms, by the one engine that all reports of drift come from. */
export function driftReport(watch: Watch, { probed, throttled, counts }: SeenOfGem): DriftReport {
  const names = new Set(probed.map(({ name }) => name));
  const report = watch.report();
  const entries = [...report.entries.filter(({ name }) => !names.has(name)), ...probed];
  const drift = readDrift({ ...report, entries });
  const lines = watch.findings.map(
    ({ operation, about, what, expected, got, times }) =>
      `${operation} ${about}: ${what}: expected ${expected}, got ${got} (${times} times)`,
  );
  const broken = probed.flatMap(({ name, state, statement }) =>
    state === 'broken' ? [`${name}: not so: ${statement}`] : [],
  );
  const limits =
    throttled === 0
      ? 'Gem never asked to be left alone for a moment (429).'
      : `Gem asked ${throttled} times to be left alone for a moment (429).`;
  const departures = [...lines, ...broken];
  const told =
    departures.length === 0
      ? 'As far as was seen, Gem departs from its description in nothing.'
      : `${departures.length} ways in which Gem departs from its description:\n${departures.map((line) => `  ${line}`).join('\n')}`;
  const text = `${told}

${limits}

${describeDrift(drift)}`;
  const json = {
    subject: drift.subject,
    date: drift.date,
    findings: watch.findings,
    probed,
    throttled,
    counts,
    drift,
  };
  return { text, json: `${JSON.stringify(json, undefined, 2)}\n`, patch: driftPatch(drift) };
}

/** What the folder says of itself. */
export function readme(about: {
  counts: Readonly<Record<ResourceName, number>>;
  keepUntil: string | undefined;
  sample: number | undefined;
  since: string | undefined;
  leftOut: LeftOut;
  isReadable: boolean;
  replaced: number;
  hasPatch: boolean;
}): string {
  const { counts, keepUntil, sample, since, leftOut } = about;
  const part = [
    ...(sample === undefined
      ? []
      : [`the first ${sample} applications of each job, with all that they refer to`]),
    ...(since === undefined ? [] : [`what happened since ${since}`]),
  ];
  const table = resourceNames
    .filter((name) => counts[name] > 0)
    .map((name) => `| ${name} | ${counts[name]} |`);
  return `# A captured Gem account

Made by \`mock-gem capture\`. **It is pseudonymised, not anonymous**: names, addresses, texts, files, ids and times are stand-ins, but who works
with whom, who applied where and how it went is as it was. Who knows the account may recognise somebody by that. Treat it as data of people.

**Kept until: ${keepUntil ?? 'the owner named no day (mock-gem capture --keep-until)'}**${keepUntil === undefined ? '' : '; delete it after that'}.

\`\`\`sh
npx mock-gem serve --scenario ./scenario.yaml
\`\`\`

It holds ${part.length === 0 ? 'the whole account' : part.join(', and ')}.

| records | |
| --- | --- |
${table.join('\n')}

## Before you share it

- Is it meant to leave this machine at all? Nothing of it has so far, and whoever gets it should know until when it is kept.
- \`scenario.yaml\`${about.isReadable ? '' : ' and `snapshot.json`'}: read the names of jobs, stages, sources, tags and custom fields. Those that at least five carry are the original ones${about.replaced === 0 ? '' : `; ${about.replaced} rarer values were replaced`}. One that tells too much is named in a file for \`--decisions\`, and the account captured again.
- The salt's file is not part of it, and must not be: with the salt, ids and names could be tried out.

## What else is here

| file | |
| --- | --- |
| \`scenario.yaml\` | the account as a scenario${about.isReadable ? ', with all its records' : ', which starts from `snapshot.json`'} |
| \`snapshot.json\` | the same as a saved world, for \`mock-gem serve --snapshot\` and for \`PUT /_control/worlds/{world}/snapshot\` |
| \`drift.txt\`, \`drift.json\` | where Gem departs from its description: shapes and counts, no value of a record |
${about.hasPatch ? '| `drift.patch` | what was confirmed, as a patch of `contracts/gem.openapi.yaml`; it holds no data of yours, and is welcome upstream |\n' : ''}${leftOut.size === 0 ? '' : `\n## What was left out\n\nNo world can hold it:\n\n${[...leftOut].map(([what, times]) => `- ${what} (${times} times)`).join('\n')}\n`}`;
}

/** A line of a text, or what of it is looked at, and which one it is: the first is 1. */
export interface PlacedLine {
  line: string;
  place: number;
}

/** The lines of a text. */
export function linesOf(text: string): PlacedLine[] {
  return text.split('\n').map((line, index) => ({ line, place: index + 1 }));
}

/** What a text in YAML says beside its values: whoever reads it as values alone does not see that. */
export function commentsOf(text: string): PlacedLine[] {
  const comments: PlacedLine[] = [];
  let place = 1;
  for (const token of new Lexer().lex(text)) {
    if (token.startsWith('#')) comments.push({ line: token.slice(1), place });
    place += token.split('\n').length - 1;
  }
  return comments;
}

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
  "Times are told from the world's now",
  '(with --anchor',
  'they are the very same)',
  '--- a/contracts/gem.openapi.yaml +++ b/contracts/gem.openapi.yaml @@ x-evidence seen on at http https api gem com localhost',
];
