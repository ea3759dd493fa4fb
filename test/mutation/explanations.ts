// Why a mutant is left alive. A reason holds for a mutation wherever in the file it stands, so that lines may move.
import type { Mutant } from './report.ts';

/** The score in percent that a folder must keep. */
export const floors: Readonly<Record<string, number>> = {
  'connector/actions': 97,
  'connector/api': 90,
  'connector/models': 100,
  'connector/policy': 100,
  'connector/sync': 90,
  'connector/webhooks': 90,
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

/** A reason holds as long as what it speaks of stands in its file. */
export const explanations: readonly Explanation[] = [
  {
    file: 'connector/actions/create-at-gem.ts',
    original: "'createCandidate'",
    replacement: '""',
    because: 'Which call an answer came from is said in the log only.',
  },
  {
    file: 'connector/actions/create.ts',
    original: '[]',
    replacement: '["Stryker was here"]',
    because: 'The new application was found among those of the candidate, so there are some.',
  },
  {
    file: 'connector/actions/load-attachments.ts',
    original: "'OTHER'",
    replacement: '""',
    because: 'Of a single file nothing but its content and their type is used.',
  },
  {
    file: 'connector/actions/load-attachments.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    because:
      'Where the address stands in, one is given; a text that is empty is refused by the pattern, too.',
  },
  {
    file: 'connector/actions/load-attachments.ts',
    original: "text === ''",
    replacement: 'false',
    because: 'The pattern refuses an empty text, too.',
  },
  {
    file: 'connector/actions/load-attachments.ts',
    original: 'error instanceof CallFailed',
    replacement: 'true',
    because: 'A download fails in no other way, unless by a defect.',
  },
  {
    file: 'connector/actions/move-application-to-stage.ts',
    original: "'The application has no job at Gem, and so no stages.'",
    replacement: '""',
    because: 'Every application that can be read has a job; this stands in for one that has none.',
  },
  {
    file: 'connector/actions/resolve-source.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    because: 'No source is called either.',
  },
  {
    file: 'connector/actions/resolve-source.ts',
    original: 'text.toLowerCase()',
    replacement: 'text.toUpperCase()',
    because: 'Both texts that are compared are changed alike.',
  },
  {
    file: 'connector/actions/resolve-source.ts',
    original: '/[^\\p{L}\\p{N}]+/gu',
    replacement: '/[^\\p{L}\\p{N}]/gu',
    because: 'All such characters are taken out, one by one or together.',
  },
  {
    file: 'connector/actions/add-result-link.ts',
    original: 'details?.custom_field_name_prefix',
    replacement: 'details.custom_field_name_prefix',
    because: 'Only attributes get here, and they are within details.',
  },
  {
    file: 'connector/actions/add-result-link.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    because:
      'Only attributes get here, and what holds them has a prefix; this stands in for details that are not there.',
  },
  {
    file: 'connector/actions/warnings.ts',
    original: "typeof value !== 'object'",
    replacement: 'false',
    because: 'The texts among these fields are never empty, so that they have keys as objects have.',
  },
  {
    file: 'connector/actions/upload-resumes.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    because: 'No file is sent under either name.',
  },
  {
    file: 'connector/actions/add-result-link.ts',
    original: 'true',
    replacement: 'false',
    because: 'What counts is that there is a result.',
  },
  {
    file: 'connector/actions/write-once.ts',
    original: "'try again'",
    replacement: '""',
    because: 'Whatever is neither of the other two words leads to another attempt.',
  },
];
