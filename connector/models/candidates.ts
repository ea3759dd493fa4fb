import { emailAddresses, phoneNumbers } from '../policy/contacts.ts';
import { initialSource } from '../policy/initial-source.ts';
import { socialMedia } from '../policy/social-media.ts';
import { defineModel, recordsOf, remoteData } from './model.ts';

const remote = remoteData('listCandidates');

/** Candidates (kombo-unified-api §2.3). */
export const candidates = defineModel({
  name: 'ats_candidates',
  label: 'Candidates',
  from: recordsOf('listCandidates'),
  remoteId: (candidate) => candidate.id,
  remoteDeletedAt: (candidate) => candidate.deleted_at,
  columns: {
    first_name: 'text',
    last_name: 'text',
    company: 'text',
    title: 'text',
    confidential: 'boolean',
    source: 'text',
    phone_numbers: 'jsonb',
    email_addresses: 'jsonb',
    social_media: 'jsonb',
    custom_fields: 'jsonb',
    integration_fields: 'jsonb',
    remote_created_at: 'timestamptz',
    remote_updated_at: 'timestamptz',
    remote_data: 'jsonb',
  },
  derivedColumns: {},
  fields: {
    first_name: 'first_name',
    last_name: 'last_name',
    company: 'company',
    title: 'title',
    confidential: 'is_private',
    source: (candidate) => initialSource(candidate.applications),
    phone_numbers: (candidate) => phoneNumbers(candidate.phone_numbers),
    email_addresses: (candidate) => emailAddresses(candidate.email_addresses),
    social_media: (candidate) => socialMedia(candidate.social_media_addresses),
    // Gem's candidates have no fields of the team's own (gem-ats-api §3.1).
    custom_fields: () => ({}),
    integration_fields: () => [],
    remote_created_at: 'created_at',
    remote_updated_at: 'updated_at',
    remote_data: (candidate, context) => remote({ raw: withoutLinks(candidate.raw) }, context),
  },
});

/** The links to the files are signed anew on each read: they would look like a change, and must not be stored. */
function withoutLinks(candidate: { attachments?: unknown }): object {
  const { attachments } = candidate;
  return Array.isArray(attachments) ? { ...candidate, attachments: attachments.map(withoutLink) } : candidate;
}

function withoutLink(file: unknown): unknown {
  if (typeof file !== 'object' || file === null) return file;
  const keys = Object.keys(file).filter((key) => key !== 'url');
  return Object.fromEntries(keys.map((key) => [key, Reflect.get(file, key)]));
}
