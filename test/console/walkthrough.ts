// The steps of a guide that is walked through in a browser: what is pressed, written or chosen, and what is seen then.
import { readFileSync } from 'node:fs';
import { root } from '../support/process.ts';

/** What a person does. */
export type Deed =
  | { does: 'press'; name: string; within: string | undefined }
  | { does: 'write'; text: string; field: string }
  | { does: 'choose'; option: string; field: string }
  | { does: 'paste'; text: string }
  | { does: 'give'; file: string; field: string };

/** One numbered line of a guide. */
export interface WalkStep {
  chapter: string;
  /** As the guide says it. */
  words: string;
  deed: Deed;
  /** Files that the browser is given. */
  gets: string[];
  /** Texts that are on the screen afterwards. */
  sees: string[];
  /** Texts that are on the screen before, and not afterwards. */
  misses: string[];
  /** Whatever else stands in bold: it is on the screen as well. */
  mentions: string[];
}

/**
 * Reads the numbered lines of a guide.
 *
 * @param path of a document in Markdown
 * @throws Error where a line is worded in another way than is known here, so that nothing is passed over
 */
export function walkOf(path: string): WalkStep[] {
  const chapters = readFileSync(`${root}/${path}`, 'utf8').split(/^## /m).slice(1);
  return chapters.flatMap((text) => {
    const [chapter = ''] = text.split('\n');
    // A line goes on where the next one is indented.
    const lines = text.matchAll(/^\d+\. (.*(?:\n+ {3,4}.*)*)/gm);
    return Array.from(lines, ([, words = '']) => ({ chapter, words, ...readStep(chapter, words) }));
  });
}

function readStep(chapter: string, words: string): Omit<WalkStep, 'chapter' | 'words'> {
  let rest = words;
  const take = <Taken>(form: RegExp, read: (...found: string[]) => Taken): Taken[] => {
    const taken = [...rest.matchAll(form)].map(([, ...found]) => read(...found));
    rest = rest.replaceAll(form, '');
    return taken;
  };
  const deeds = forms.flatMap(([form, read]) => take(form, read));
  const gets = take(/You get the file `([^`]+)`\./g, (file) => file);
  const sights = take(sight, (seen, missed) => ({ sees: boldIn(seen), misses: boldIn(missed) }));
  const [deed, ...others] = deeds;
  const isLeft = /`|\b(?:Press|Write|Choose|Give|You see|You get)\b/.test(rest);
  if (!deed || others.length > 0 || isLeft)
    throw new Error(`${chapter}: nobody can follow "${words}"; what is not understood is "${rest.trim()}"`);
  return {
    deed,
    gets,
    sees: sights.flatMap(({ sees }) => sees),
    misses: sights.flatMap(({ misses }) => misses),
    mentions: boldIn(rest),
  };
}

/** The sentences that say what to do. */
const forms: readonly [RegExp, (...found: string[]) => Deed][] = [
  [
    /Press \*\*([^*]+)\*\*(?: in \*\*([^*]+)\*\*)?\./g,
    (name = '', within) => ({ does: 'press', name, within }),
  ],
  [/Write `([^`]+)` into \*\*([^*]+)\*\*\./g, (text = '', field = '') => ({ does: 'write', text, field })],
  [
    /Choose \*\*([^*]+)\*\* in \*\*([^*]+)\*\*\./g,
    (option = '', field = '') => ({ does: 'choose', option, field }),
  ],
  [
    /Give the file `([^`]+)` to \*\*([^*]+)\*\*\./g,
    (file = '', field = '') => ({ does: 'give', file, field }),
  ],
  [
    /(?<=Paste this over the text\..*?)```yaml\n(.*?)^\s*```$/gms,
    (text = '') => ({ does: 'paste', text: text.replaceAll(/^ {3}/gm, '') }),
  ],
];

const bold = String.raw`\*\*[^*]+\*\*`;
const sight = new RegExp(`You see (${bold}(?:,? (?:and )?${bold})*)(?:,? and no longer (${bold}))?\\.?`, 'g');

function boldIn(text = ''): string[] {
  return [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name = '']) => name);
}
