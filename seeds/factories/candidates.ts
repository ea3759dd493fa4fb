// People, with their files and the notes about them.
import type { CandidateRecord, AttachmentRecord, NoteRecord } from '../records.ts';
import type { Kit } from './kit.ts';
import { mailbox } from './organisation.ts';
import { toInstant } from '../../contracts/clock.ts';

/** Makes a person with a plausible profile. `updated_at` and `last_activity` are the creation time at first. */
export function makeCandidate(kit: Kit, overrides: Partial<CandidateRecord> = {}): CandidateRecord {
  const { chance } = kit;
  const first_name = overrides.first_name ?? chance.person.firstName();
  const last_name = overrides.last_name ?? chance.person.lastName();
  const handle = `${mailbox(first_name)}-${mailbox(last_name)}-${chance.string.hexadecimal({ length: 4, prefix: '', casing: 'lower' })}`;
  const company = chance.company.name();
  const title = chance.person.jobTitle();
  const created_at = overrides.created_at ?? kit.ago(chance.number.int({ min: 3, max: 90 }), 41);
  const started = chance.number.int({ min: 400, max: 2400 });
  return {
    id: kit.identifiers.next('candidate'),
    first_name,
    last_name,
    company,
    title,
    phone_numbers: [{ type: 'mobile', value: `+1-541-555-01${chance.string.numeric(2)}` }],
    email_addresses: [
      {
        value: `${mailbox(first_name)}.${mailbox(last_name)}@example.com`,
        type: 'personal',
        is_primary: true,
      },
    ],
    social_media_addresses: [{ value: `https://www.linkedin.com/in/${handle}` }],
    tags: chance.helpers.arrayElements(['referral', 'silver medalist', 'relocation', 'speaks German'], {
      min: 0,
      max: 2,
    }),
    educations: [
      {
        id: kit.identifiers.next('education'),
        school_name: `University of ${chance.location.city()}`,
        degree: chance.helpers.arrayElement(["Bachelor's Degree", "Master's Degree", 'Doctorate']),
        discipline: chance.helpers.arrayElement(['Computer Science', 'Economics', 'Physics', 'Design']),
        start_date: kit.dateAgo(started + 2200),
        end_date: kit.dateAgo(started + 700),
      },
    ],
    employments: [
      {
        id: kit.identifiers.next('employment'),
        company_name: company,
        title,
        start_date: kit.dateAgo(started),
        end_date: null,
      },
    ],
    linked_user_ids: [],
    is_private: false,
    updated_at: created_at,
    last_activity: created_at,
    deleted_at: null,
    ...overrides,
    created_at,
  };
}

/** Makes a file of a candidate: a one-page PDF that opens, with the candidate's name on it. */
export function makeResume(
  kit: Kit,
  candidate: CandidateRecord,
  overrides: Partial<AttachmentRecord> = {},
): AttachmentRecord {
  return {
    id: kit.identifiers.next('attachment'),
    candidate_id: candidate.id,
    user_id: null,
    filename: 'resume.pdf',
    type: 'resume',
    content_type: 'application/pdf',
    content: onePagePdf(`Curriculum vitae of ${candidate.first_name} ${candidate.last_name}`).toString(
      'base64',
    ),
    created_at: candidate.created_at,
    deleted_at: null,
    ...overrides,
  };
}

/** The smallest PDF that shows a line of text; letters outside Latin-1 come out as question marks. */
export function onePagePdf(text: string): Buffer {
  const shown = text.replaceAll(/[\\()]/g, '\\$&').replaceAll(/[^\u0020-\u00ff]/g, '?');
  const stream = `BT /F1 16 Tf 72 760 Td (${shown}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  file += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

/** Makes a note about a candidate: public, written a day after the candidate came. */
export function makeNote(
  kit: Kit,
  candidate: CandidateRecord,
  overrides: Partial<NoteRecord> & Pick<NoteRecord, 'user_id' | 'body'>,
): NoteRecord {
  return {
    id: kit.identifiers.next('note'),
    candidate_id: candidate.id,
    visibility: 'public',
    created_at: toInstant(Date.parse(candidate.created_at) + 24 * 60 * 60_000),
    deleted_at: null,
    ...overrides,
  };
}
