import type { AttachmentRecord, CandidateRecord } from '../records.ts';
import type { Kit } from './kit.ts';

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
