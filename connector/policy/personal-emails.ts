import { domainToASCII } from 'node:url';
import type { GemSchemas } from '../../contracts/gem.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';

/** What a create call has to find out at Gem before it can write. All ids are Gem's own. */
export interface ResolvedApplication {
  jobId: string;
  /** Left out, the application starts in the job's first stage. */
  initialStageId?: string | undefined;
  sourceId?: string | undefined;
}

/**
 * Turns the candidate of a unified create body into the body of Gem's create call. Gem takes one address and stores
 * it as personal, so exactly the candidate's `email_address` is written; a work address cannot be (rule
 * personal-emails, gem-ats-api §5.1).
 */
export function toGemCandidate(
  { candidate }: Pick<UnifiedSchemas['CreateCandidateBody'], 'candidate'>,
  { jobId, initialStageId, sourceId }: ResolvedApplication,
): GemSchemas['CreateCandidateBody'] {
  const linkedInHandle = candidate.social_links?.map(linkedInHandleOf).find((handle) => handle !== undefined);
  return {
    first_name: candidate.first_name,
    last_name: candidate.last_name,
    email: toMailAddress(candidate.email_address),
    job_id: jobId,
    ...(candidate.phone_number !== undefined && { phone_number: candidate.phone_number }),
    ...(candidate.title !== undefined && { title: candidate.title }),
    ...(candidate.company !== undefined && { company: candidate.company }),
    ...(linkedInHandle !== undefined && { linkedin_handle: linkedInHandle }),
    ...(initialStageId !== undefined && { initial_stage_id: initialStageId }),
    ...(sourceId !== undefined && { source_id: sourceId }),
  };
}

/** The handle in a link to a LinkedIn profile, `https://www.linkedin.com/in/{handle}`; undefined in any other link. */
export function linkedInHandleOf({ url }: { url: string }): string | undefined {
  const link = URL.parse(url);
  if (!link || !/(^|\.)linkedin\.com$/.test(link.hostname)) return undefined;
  const handle = /^\/in\/([^/]+)/i.exec(link.pathname)?.[1];
  return handle && decode(handle);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An e-mail address as mail systems take it: a domain with letters beyond ASCII is spelled in ASCII. */
export function toMailAddress(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  const isPlain = /^[\x21-\x7e]*$/.test(domain);
  return isPlain ? address : address.slice(0, at) + (domainToASCII(domain) || domain);
}
