import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { invalidInput } from '../errors.ts';
import { toWebAddress } from '../policy/web-address.ts';

/** A note that holds a result link, and what of the link it could not hold. */
export interface ResultLinkNote {
  text: string;
  warnings: string[];
}

/** What Gem's notes hold (gem-ats-api §5.2). */
const longestNote = 10_000;

/**
 * Writes a result link as the text of a note: the link, the job if there is one, and a line for each attribute with the
 * prefix, a blank and the key before its value (kombo-unified-api §3.4, §8 #8).
 *
 * Each part stays on its line, so that no value can pass itself off as another line. Attributes that the note has no
 * room for are left out, with a warning each.
 *
 * @param jobName what the link is about, besides the candidate
 * @throws UnifiedProblem when the link is no address of the web, or not even it fits
 */
export function resultLinkNote(
  { label, url, details }: UnifiedSchemas['AddResultLinkBody'],
  jobName: string | null,
): ResultLinkNote {
  const address = toWebAddress(url);
  if (address === undefined) throw invalidInput('body url must be an http or https address.');
  const [named, place] = [onOneLine(label), onOneLine(address)];
  const lines = [
    named === '' ? place : `${named}: ${place}`,
    ...(jobName === null ? [] : [`Job: ${onOneLine(jobName)}`]),
  ];
  if (lines.join('\n').length > longestNote) {
    throw invalidInput(`label and url must have at most ${longestNote} characters together.`);
  }
  const warnings: string[] = [];
  for (const [index, { key, value }] of (details?.attributes ?? []).entries()) {
    const line = onOneLine(`${details?.custom_field_name_prefix ?? ''} ${key}: ${value}`);
    if ([...lines, line].join('\n').length > longestNote) {
      warnings.push(
        `details.attributes[${index}] was not written: Gem's notes hold ${longestNote} characters.`,
      );
    } else {
      lines.push(line);
    }
  }
  return { text: lines.join('\n'), warnings };
}

function onOneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}
