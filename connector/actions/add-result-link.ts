import type { UnifiedSchemas } from '../../contracts/unified.ts';
import type { Integration } from '../store/queries/integrations.ts';
import { done, warnOfRemoteFields } from './warnings.ts';
import { findApplication, findCandidate, currentApplication } from './find-records.ts';
import type { Services } from './services.ts';
import { writeAgreed } from './one-at-a-time.ts';
import { invalidInput } from '../errors.ts';
import { toWebAddress } from '../policy/web-address.ts';
import { GemError, GemThrottled, GemUnavailable } from '../gem/errors.ts';
import type { GemClient } from '../gem/client.ts';
import { readNote } from './gem-answers.ts';
import { isWritten, writeOnce } from './write-once.ts';

type Body = UnifiedSchemas['AddResultLinkBody'];

/**
 * `POST /ats/applications/{application_id}/result-links`: writes a link as a note about the candidate that names the job
 * (kombo-unified-api §3.4). Gem says whose application it is by now.
 *
 * @throws UnifiedProblem when there is no such application; GemError when Gem refuses or fails
 */
export async function addApplicationResultLink(
  services: Services,
  integration: Integration,
  applicationId: string,
  body: Body,
): Promise<UnifiedSchemas['DoneAnswer']> {
  const stored = await findApplication(services.database, integration.id, applicationId);
  const about = await currentApplication(services.clientOf(integration), stored);
  return add(services, integration, about, body);
}

/**
 * `POST /ats/candidates/{candidate_id}/result-links`: writes a link as a note about the candidate (kombo-unified-api
 * §3.4).
 *
 * @throws UnifiedProblem when there is no such candidate; GemError when Gem refuses or fails
 */
export async function addCandidateResultLink(
  services: Services,
  integration: Integration,
  candidateId: string,
  body: Body,
): Promise<UnifiedSchemas['DoneAnswer']> {
  const { remoteId } = await findCandidate(services.database, integration.id, candidateId);
  return add(services, integration, { candidateId: remoteId, jobName: null }, body);
}

async function add(
  services: Services,
  integration: Integration,
  { candidateId, jobName }: { candidateId: string; jobName: string | null },
  body: Body,
): Promise<UnifiedSchemas['DoneAnswer']> {
  const note = resultLinkNote(body, jobName);
  const warnings = [...note.warnings, ...warnOfRemoteFields(body)];
  const { actingUserId: userId } = integration;
  if (userId === null) {
    return done([
      'The result link was not written: the integration has no acting user, in whose name Gem keeps notes.',
      ...warnings,
    ]);
  }
  const about = { turn: `notes about ${candidateId}`, target: ['note', candidateId, userId, note.text] };
  await writeAgreed(services, integration, about, () =>
    writeNote(services.clientOf(integration), { candidateId, userId }, note.text),
  );
  return done(warnings);
}

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

/** Whom a note is about and who writes it, by Gem's ids. */
export interface NoteAbout {
  candidateId: string;
  userId: string;
}

/**
 * Writes a note about a candidate for the whole team to see, unless the same user has written the same text before: a
 * repeated call is not meant twice. The caller holds the turn of the candidate's notes.
 *
 * @throws GemError when Gem refuses or fails
 */
export async function writeNote(gem: GemClient, about: NoteAbout, text: string): Promise<void> {
  if (await wasWritten(gem, about, text)) return;
  try {
    await writeOnce(gem, {
      write: async () => {
        await gem.send('createNote', {
          path: { candidate_id: about.candidateId },
          body: { user_id: about.userId, body: text, visibility: 'public' },
        });
        return true;
      },
      find: async () => (await hasNote(gem, about, text)) || undefined,
    });
  } catch (error) {
    // Gem said that it has the note; that counts even if it cannot be read afterwards.
    if (!isWritten(error)) throw error;
  }
}

/** Where Gem does not let us read its notes, they can be written all the same. */
async function wasWritten(gem: GemClient, about: NoteAbout, text: string): Promise<boolean> {
  try {
    return await hasNote(gem, about, text);
  } catch (error) {
    const isDown = error instanceof GemUnavailable || error instanceof GemThrottled;
    if (!isDown && error instanceof GemError) return false;
    throw error;
  }
}

async function hasNote(gem: GemClient, { candidateId, userId }: NoteAbout, text: string): Promise<boolean> {
  for (let page = 1; page <= maxPages; page += 1) {
    const answer = await gem.send('listNotes', {
      path: { candidate_id: candidateId },
      query: { page, page_size: 100, sort: 'desc' },
    });
    const notes = Array.isArray(answer) ? answer.map((note: unknown) => readNote(note)) : [];
    if (notes.some((note) => note.userId === userId && isSame(note.text, text))) return true;
    if (notes.length === 0) return false;
  }
  return false;
}

/** The newest thousands of notes; older ones were not written by a call that is being repeated. */
const maxPages = 20;

/** Gem may keep line ends and blanks in its own way. */
function isSame(one: string, other: string): boolean {
  return one.split(/\s+/).join(' ').trim() === other.split(/\s+/).join(' ').trim();
}
