import type { GemSchemas } from '../../contracts/gem.ts';
import type { ResumeUpload } from '../../connector/policy/resume-attachments.ts';

/** The candidate that Gem holds after these writes: the one address becomes personal, each upload a résumé (gem-ats-api §5). */
export function heldByGem(
  body: GemSchemas['CreateCandidateBody'],
  uploads: readonly ResumeUpload[] = [],
): GemSchemas['Candidate'] {
  const created_at = '2026-01-01T00:00:00.000Z';
  return {
    application_ids: [],
    applications: [],
    attachments: uploads.map(({ filename }) => ({
      created_at,
      filename,
      type: 'resume',
      url: 'https://files.example.com/1',
    })),
    company: body.company ?? null,
    created_at,
    educations: [],
    email_addresses: [{ is_primary: true, type: 'personal', value: body.email }],
    employments: [],
    first_name: body.first_name,
    id: 'candidate',
    is_private: false,
    last_activity: null,
    last_name: body.last_name,
    linked_user_ids: [],
    phone_numbers: [],
    social_media_addresses: [],
    tags: [],
    title: body.title ?? null,
    updated_at: null,
  };
}
