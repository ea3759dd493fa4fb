// Holds Gem's answer to a write against an emulator's answer to the same write.
import type { Operation } from '../../../description.ts';
import { harmlessName } from '../../../drift/departures.ts';
import { below, isNode, nodeAt, pointersAlong } from '../../../drift/document.ts';
import { answerPointer } from '../../../drift/places.ts';
import { enumerated, shape } from '../../../drift/shape.ts';
import type { PairedIds } from './paired-ids.ts';
import { answeredKind } from './record-kinds.ts';

/** One way in which two answers differ. It holds no value of either. */
export interface Difference {
  what: string;
  /** What the emulator answers. */
  mirror: string;
  gem: string;
}

interface Answered {
  status: number;
  body: unknown;
}

/** A write, and what both sides made of it. */
export interface Both {
  operation: Operation;
  /** The body as it was sent to Gem: what stands in it is nobody's own choice. */
  sent: unknown;
  gem: Answered;
  mirror: Answered;
}

/**
 * The ways in which two answers differ, each told once. Ids and moments that each side makes differ rightly: of them, the form
 * is compared, and ids are learnt as pairs. Addresses of files are not compared at all.
 */
export function compareAnswers({ operation, sent, gem, mirror }: Both, ids: PairedIds): Difference[] {
  if (gem.status !== mirror.status)
    return [{ what: 'status', mirror: String(mirror.status), gem: String(gem.status) }];
  const schema = below(answerPointer(operation, gem.status), 'content', 'application/json', 'schema');
  const placeOf = (path: readonly string[]) => pointersAlong(schema, gem.body, path).at(-1) ?? '';
  const wordsAt = (path: readonly string[]) => Array.isArray(nodeAt(placeOf(path))?.['enum']);
  const kindAt = (path: readonly string[]) => answeredKind(path, placeOf(path));
  const found = new Map<string, Difference>();
  const given = new Set(textsIn(sent));
  const walk = (path: readonly string[], theirs: unknown, ours: unknown): void => {
    const note = (one: { mirror: string; gem: string }) => {
      const what = nameOf(path);
      // Which of several records it was says nothing.
      found.set([what, one.mirror, one.gem].join('\n'), { what, ...one });
    };
    if (Array.isArray(theirs) && Array.isArray(ours)) {
      if (theirs.length !== ours.length) return note({ mirror: shape(ours), gem: shape(theirs) });
      theirs.forEach((inner, index) => walk([...path, String(index)], inner, ours[index]));
      return;
    }
    if (isFields(theirs) && isFields(ours)) {
      // Its own id comes first: what refers to it is held against that.
      const names = new Set(['id', ...Object.keys(theirs), ...Object.keys(ours)]);
      for (const name of names) walk([...path, name], theirs[name], ours[name]);
      return;
    }
    if (theirs === ours) {
      if (isIdPlace(path) && typeof ours === 'string') ids.learn(kindAt(path), ours, ours);
      return;
    }
    const kinds = { mirror: shape(ours), gem: shape(theirs) };
    if (kinds.mirror !== kinds.gem) return note(kinds);
    if (isIdPlace(path)) {
      const [kind, their, our] = [kindAt(path), String(theirs), String(ours)];
      if (!ids.match(kind, their, our)) return note({ mirror: 'the same record', gem: 'another record' });
      return ids.learn(kind, their, our);
    }
    if (typeof theirs === 'number' && isMoment(path)) return;
    if (typeof theirs === 'string' && typeof ours === 'string') {
      if (wordsAt(path)) return note({ mirror: enumerated(ours), gem: enumerated(theirs) });
      const made = !given.has(theirs) && !given.has(ours);
      const [form, own] = [formOf(theirs), formOf(ours)];
      if (made && form !== undefined && own !== undefined)
        return form === own ? undefined : note({ mirror: own, gem: form });
    }
    note({ mirror: kinds.mirror, gem: `another ${kinds.gem}` });
  };
  walk([], gem.body, mirror.body);
  return [...found.values()];
}

/** Whether what is called so names a record: its own id, or those of others. */
export function isIdName(name: string): boolean {
  return /(^|_)ids?$/.test(name);
}

/** Whether a field names a record, alone or in a list. */
function isIdPlace(path: readonly string[]): boolean {
  return isIdName(path.findLast((key) => !/^\d+$/.test(key)) ?? '');
}

/** Whether a number tells a moment, as the CRM does in seconds (gem-ats-api §1.8). */
function isMoment(path: readonly string[]): boolean {
  return /(_at|^timestamp)$/.test(path.at(-1) ?? '');
}

/** `applications[].source` */
function nameOf(path: readonly string[]): string {
  const names = path.map((key) => (/^\d+$/.test(key) ? '[]' : `.${harmlessName(key)}`));
  return names.join('').replace(/^\./, '') || 'body';
}

/** The form of a moment, such as `0000-00-00T00:00:00.000Z`, or that it is an address; undefined of any other text. */
function formOf(text: string): string | undefined {
  if (/^https?:\/\//.test(text)) return 'an address';
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(Date.parse(text))) return undefined;
  return text.replaceAll(/\d/g, '0');
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return isNode(value) && !Array.isArray(value);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return isNode(value) ? Object.values(value).flatMap((inner) => textsIn(inner)) : [];
}
