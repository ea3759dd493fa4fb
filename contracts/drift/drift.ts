// What a verification says about the guesses of the description: which are facts now, and which were wrong.
import type { Evidence, Grade } from '../description.ts';
import { isNode, nodeAt } from './document.ts';
import type { GemEntry } from './entries.ts';
import { places } from './places.ts';

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

/** What was found of a server, by whatever means. */
export interface Findings {
  /** What was looked at: an address or a name, without secrets. */
  subject: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** Whether the subject says that it is an emulator: then it proves nothing about Gem. */
  isEmulator: boolean;
  entries: readonly GemEntry[];
}

/** Reads what was found about guesses. */
export function readDrift({ subject, startedAt, isEmulator, entries }: Findings): Drift {
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
