import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { linkedInHandleOf } from '../policy/personal-emails.ts';

/** The parts that both create bodies have in common. */
export type CreateBody = Omit<UnifiedSchemas['CreateApplicationBody'], 'stage_id'>;

/**
 * Names the input that was given but that Gem has no place for (kombo-unified-api §3.1).
 *
 * @returns one warning for each such field
 */
export function warnOfUncoveredInput(body: CreateBody): string[] {
  const { candidate } = body;
  const fields: Readonly<Record<string, unknown>> = {
    'candidate.additional_email_addresses': candidate.additional_email_addresses,
    'candidate.additional_phone_numbers': candidate.additional_phone_numbers,
    'candidate.location': candidate.location,
    'candidate.gender': candidate.gender,
    'candidate.availability_date': candidate.availability_date,
    'candidate.salary_expectations': candidate.salary_expectations,
    sourced_by: body.sourced_by,
    gdpr_consent: body.gdpr_consent,
    remote_fields: body.remote_fields,
    screening_question_answers: body.screening_question_answers,
  };
  return [
    ...Object.keys(fields)
      .filter((field) => isGiven(fields[field]))
      .map((field) => `${field} was not written: Gem has no place for it.`),
    ...warnOfLinks(candidate),
  ];
}

/** Gem has no fields that only it has (kombo-unified-api §3.3, §3.4). */
export function warnOfRemoteFields({ remote_fields: fields }: { remote_fields?: object }): string[] {
  return isGiven(fields) ? ['remote_fields was not written: Gem has no place for it.'] : [];
}

/** Gem keeps one link, the first to a LinkedIn profile. */
function warnOfLinks(candidate: CreateBody['candidate']): string[] {
  const links = candidate.social_links ?? [];
  const written = links.findIndex((link) => linkedInHandleOf(link) !== undefined);
  return links.flatMap((_, index) =>
    index === written
      ? []
      : [`candidate.social_links[${index}] was not written: Gem takes one link to a LinkedIn profile.`],
  );
}

/** Clients send empty lists and objects for what they leave out. */
function isGiven(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

/** The answer of an action that has nothing to show (kombo-unified-api §1.2). */
export function done(warnings: readonly string[]): UnifiedSchemas['DoneAnswer'] {
  return { status: 'success', data: {}, warnings: toWarnings(warnings) };
}

/** What was asked for and could not be done, as answers tell it. */
export function toWarnings(messages: readonly string[]): UnifiedSchemas['Warnings'] {
  return messages.map((message) => ({ message }));
}
