import { existsSync, readFileSync } from 'node:fs';
import { isMap, isScalar, parseDocument } from 'yaml';
import type { Drift } from './drift.ts';
import { replaceLines, type Replacement } from './unified-diff.ts';

/**
 * Writes what was confirmed as a patch to the description, for `patch -p1` at the top of the project. Comments and all else
 * stay as they are. Nothing is patched for what an emulator did.
 *
 * @param text the description as it stands
 * @returns the patch; empty when there is nothing to change
 */
export function driftPatch(
  { isEmulator, confirmed, date, subject }: Confirmed,
  text: string = descriptionText(),
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

/** What a patch is made of. */
type Confirmed = Pick<Drift, 'isEmulator' | 'date' | 'subject'> & { confirmed: readonly { place: string }[] };

/** The description of Gem as it stands in its file. In a clone that is beside the sources; in a package, above what was compiled. */
export function descriptionText(): string {
  const found = ['../gem.openapi.yaml', '../../../../contracts/gem.openapi.yaml']
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
