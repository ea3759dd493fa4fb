// Why a mutant is left alive. A reason holds for a mutation wherever in the file it stands, so that lines may move.
import type { Mutant } from './report.ts';

/** The score in percent that a folder must keep. */
export const floors: Readonly<Record<string, number>> = {
  'connector/models': 95,
  'connector/policy': 90,
};

/** A mutation that no test can notice, or that none needs to. */
interface Explanation {
  file: string;
  original: string;
  replacement: string;
  because: string;
}

/** The reason why a survivor is left; undefined when nobody has given one. */
export function reasonFor({ file, original, replacement }: Mutant): string | undefined {
  return explanations.find(
    (one) => one.file === file && one.original === original && one.replacement === replacement,
  )?.because;
}

const explanations: readonly Explanation[] = [
  {
    file: 'connector/models/listings.ts',
    original: 'gemDescription.operations.get(listing)?.path',
    replacement: 'gemDescription.operations.get(listing).path',
    because: 'Every list is in the description, as its type says; the map that holds them does not know it.',
  },
  {
    file: 'connector/models/listings.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    because: 'Every list is in the description and has a path; this stands in for a list that is not.',
  },
  ...['{ offices: [] }', '{ departments: [] }', '{ source: null }'].map((original) => ({
    file: 'connector/policy/default-fields.ts',
    original,
    replacement: '{}',
    because: 'What the field would hold is taken off again.',
  })),
  {
    file: 'connector/policy/default-fields.ts',
    original: '[]',
    replacement: '["Stryker was here"]',
    because: 'What the field would hold is taken off again.',
  },
  {
    file: 'connector/policy/initial-source.ts',
    original: 'compare(first, next) <= 0',
    replacement: 'compare(first, next) < 0',
    because: 'Two applications never compare as equal: the ids of those of the same moment decide.',
  },
  ...['connector/policy/initial-source.ts', 'connector/policy/posting-text.ts'].map((file) => ({
    file,
    original: 'left.id < right.id',
    replacement: 'left.id <= right.id',
    because: 'Two records never have the same id.',
  })),
  {
    file: 'connector/policy/posting-text.ts',
    original: 'compare(best, next) > 0',
    replacement: 'compare(best, next) >= 0',
    because: 'Two postings never compare as equal: the ids of those of the same moment decide.',
  },
  {
    file: 'connector/policy/posting-text.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    because: 'Neither text is a moment.',
  },
  {
    file: 'connector/policy/personal-emails.ts',
    original: '[]',
    replacement: '["Stryker was here"]',
    because: 'A text has no address and so no handle, just as no link has.',
  },
  {
    file: 'connector/policy/remote-work-status.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    because: 'Neither word is a location type.',
  },
  {
    file: 'connector/policy/resume-attachments.ts',
    original: "content_type.split(';', 1)[0]?.trim",
    replacement: "content_type.split(';', 1)[0].trim",
    because: 'A text that is split has a first part; the type of lists does not say so.',
  },
  {
    file: 'connector/policy/resume-attachments.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    because: 'A text that is split has a first part, so that nothing stands in for it.',
  },
  {
    file: 'connector/policy/social-media.ts',
    original: 'url?.pathname',
    replacement: 'url.pathname',
    because: 'A network is found only by an address.',
  },
  {
    file: 'connector/policy/social-media.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    because: 'A network is found only by an address, and an address has a path.',
  },
];
