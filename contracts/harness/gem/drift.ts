// What a verification says about the guesses of the description: which are facts now, and which were wrong.
import { existsSync, readFileSync } from 'node:fs';
import { isMap, isScalar, parseDocument } from 'yaml';
import type { Evidence, Grade } from '../../description.ts';
import { isNode, nodeAt } from './document.ts';
import type { GemEntry } from './entries.ts';
import { places } from './places.ts';
import type { GemReport } from './verify-gem.ts';
import { replaceLines, type Replacement } from './unified-diff.ts';

/** What was learnt. */
export interface Drift {
  subject: string;
  /** ISO date of the verification. */
  date: string;
  /** Whether the subject is an emulator: then nothing was learnt of Gem. */
  isEmulator: boolean;
  /** Places of the description whose guess was right. */
  confirmed: readonly Guess[];
  /** Places of the description whose guess was wrong. */
  refuted: readonly Guess[];
  /** Guesses about behaviour that stand in no single place of the description. */
  behaviours: readonly { name: string; statement: string; grade: Grade; held: boolean }[];
}

/** A place of the description that rests on the lineage or on nothing. */
export interface Guess {
  /** A JSON pointer into the description. */
  place: string;
  name: string;
  evidence: Evidence;
}

/** Reads from a report what it says about guesses. */
export function readDrift({ subject, startedAt, isEmulator, entries }: GemReport): Drift {
  const settled = new Map<string, boolean>();
  for (const { place, held } of entries.flatMap(({ settles }) => settles)) {
    settled.set(place, (settled.get(place) ?? true) && held);
  }
  const guesses = [...settled].flatMap(([place, held]) => {
    const evidence = nodeAt(place)?.['x-evidence'];
    return isGuess(evidence) ? [{ held, guess: { place, name: nameOf(place), evidence } }] : [];
  });
  return {
    subject,
    date: startedAt.slice(0, 10),
    isEmulator,
    confirmed: guesses.filter(({ held }) => held).map(({ guess }) => guess),
    refuted: guesses.filter(({ held }) => !held).map(({ guess }) => guess),
    behaviours: entries
      .filter((entry) => isOwnBehaviour(entry))
      .map(({ name, statement, evidence, state }) => ({
        name,
        statement,
        grade: evidence.grade,
        held: state === 'held',
      })),
  };
}

/** Says in words what was learnt, ending with a line break. */
export function describeDrift(drift: Drift): string {
  const { isEmulator, confirmed, refuted, behaviours } = drift;
  if (isEmulator)
    return `The subject is an emulator: what it does proves nothing about Gem, and no guess changes its grade.\n`;
  const lines = [
    ...section(
      'confirmed in the description',
      confirmed.map((guess) => lineOf(guess)),
    ),
    ...section(
      'refuted in the description',
      refuted.map((guess) => lineOf(guess)),
    ),
    ...section(
      'confirmed, in no single place',
      behaviours.filter(({ held }) => held).map((one) => behaviourLine(one)),
    ),
    ...section(
      'refuted, in no single place',
      behaviours.filter(({ held }) => !held).map((one) => behaviourLine(one)),
    ),
  ];
  return lines.length > 0 ? lines.join('\n') : 'No guess was confirmed or refuted.\n';
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${lines.length} ${title}:`, ...lines.map((line) => `  ${line}`), ''];
}

function lineOf({ name, evidence: { grade, source } }: Guess): string {
  return `${name}: was ${grade} (${source})`;
}

function behaviourLine({ name, statement, grade }: Drift['behaviours'][number]): string {
  return `${name}: was ${grade}; ${statement}`;
}

/** A guess that no single place of the description stands for. */
function isOwnBehaviour({ state, evidence, settles, group }: GemEntry): boolean {
  const isDescribed = ['operations', 'answers', 'objects', 'fields'].includes(group);
  if (isDescribed || state === 'not observed' || !isGuess(evidence)) return false;
  return settles.length === 0 || settles.some(({ place }) => !isGuess(nodeAt(place)?.['x-evidence']));
}

function isGuess(evidence: unknown): evidence is Evidence {
  return isNode(evidence) && (evidence['grade'] === 'assumed' || evidence['grade'] === 'lineage');
}

/** `Job.status`, `SkipCount`, `listCandidates.email` */
function nameOf(place: string): string {
  const known = places.get(place);
  if (known) return known.name;
  const keys = place.split('/').slice(1);
  const last = nodeAt(place)?.['name'] ?? keys.at(-1);
  if (keys[0] === 'components') return keys[3] === 'properties' ? `${keys[2]}.${keys[4]}` : (keys[2] ?? '');
  const operation = nodeAt(`/${keys.slice(0, 3).join('/')}`)?.['operationId'];
  return `${String(operation)}.${String(last)}`;
}

/**
 * Writes what was confirmed as a patch to the description, for `patch -p1` at the top of the project. Comments and all else
 * stay as they are. Nothing is patched for what an emulator did.
 *
 * @param text the description as it stands
 * @returns the patch; empty when there is nothing to change
 */
export function driftPatch(
  { isEmulator, confirmed, date, subject }: Drift,
  text: string = readText(),
): string {
  if (isEmulator) return '';
  const document = parseDocument(text);
  const value = `x-evidence: { grade: observed, source: ${quoted(`seen on ${date} at ${hostOf(subject)}`)} }`;
  const replacements = confirmed.flatMap(({ place }): Replacement[] => {
    // A list finds its items by such keys too; a status is a text, and so it stays one.
    const path = place
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const node = document.getIn(path, true);
    if (!isMap(node)) return [];
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === 'x-evidence');
    if (!pair || !isScalar(pair.key) || !isMap(pair.value)) return [];
    const [start, end] = [pair.key.range?.[0], pair.value.range?.[1]];
    return start === undefined || end === undefined ? [] : [{ start, end, text: value }];
  });
  return replaceLines('contracts/gem.openapi.yaml', text, replacements);
}

/** In a clone the description stands beside the sources; in a package, above what was compiled. */
function readText(): string {
  const found = ['../../gem.openapi.yaml', '../../../../contracts/gem.openapi.yaml']
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url));
  if (!found) throw new Error('the description of Gem is not where it was installed');
  return readFileSync(found, 'utf8');
}

function hostOf(subject: string): string {
  return URL.canParse(subject) ? new URL(subject).host : subject;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
