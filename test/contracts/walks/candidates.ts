import type { GemSchemas } from '../../../contracts/gem.ts';
import { pair, type Walk } from './walk.ts';

export const candidates: Walk = {
  rows: ({ gem, unified }) =>
    pair(gem.candidates, unified.candidates, (candidate) => ({
      first_name: candidate.first_name,
      last_name: candidate.last_name,
      company: candidate.company,
      title: candidate.title,
      confidential: candidate.is_private,
      source: initialSource(candidate),
      phone_numbers: candidate.phone_numbers.map(({ type, value }) => ({
        phone_number: value,
        type: type.toUpperCase(),
      })),
      email_addresses: candidate.email_addresses
        .filter(({ value }) => /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/.test(value))
        .map(({ type, value }) => ({ email_address: value, type: type.toUpperCase() })),
      social_media: candidate.social_media_addresses.map(({ value }) => ({
        link: value,
        type: value.includes('linkedin.com') ? 'LINKEDIN' : 'GITHUB',
        username: value.split('/').at(-1),
      })),
      custom_fields: {},
      integration_fields: [],
      remote_created_at: candidate.created_at,
      remote_updated_at: candidate.updated_at,
      remote_deleted_at: candidate.deleted_at ?? null,
      remote_data: {
        '/candidates/': {
          ...candidate,
          // A link to a file is as good as a key to it, so it is not passed on.
          attachments: candidate.attachments.map(({ url: _link, ...attachment }) => attachment),
        },
      },
    })),
};

function initialSource(candidate: GemSchemas['Candidate']): string | null {
  const [initial] = candidate.applications.toSorted((one, other) =>
    `${one.applied_at} ${one.id}`.localeCompare(`${other.applied_at} ${other.id}`),
  );
  return initial?.source?.public_name ?? null;
}
