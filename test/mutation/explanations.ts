// Why a mutant is left alive. A reason holds for a mutation wherever in the file it stands, so that lines may move.
import type { Mutant } from './report.ts';

/** The score in percent that a folder must keep. */
export const floors: Readonly<Record<string, number>> = {
  'connector/actions': 97,
  'connector/api': 90,
  'connector/models': 99,
  'connector/policy': 96,
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
    file: 'connector/policy/social-media.ts',
    original: '{ return undefined; }',
    replacement: '{}',
    because: 'A function that ends without a word gives undefined, too.',
  },
  {
    file: 'connector/policy/social-media.ts',
    original: '/^https?:$/',
    replacement: '/^https?:/',
    because: 'A protocol ends with its colon.',
  },
  {
    file: 'connector/policy/web-address.ts',
    original: '/^https?:$/',
    replacement: '/^https?:/',
    because: 'A protocol ends with its colon.',
  },
  {
    file: 'connector/models/moment.ts',
    original: '[]',
    replacement: '["Stryker was here"]',
    because: 'The first of what is matched is not used.',
  },
  {
    file: 'connector/models/moment.ts',
    original: "'Z'",
    replacement: '""',
    because: 'Neither has a sign, and so neither is ahead of UTC.',
  },
  {
    file: 'connector/models/moment.ts',
    original: String.raw`/^([+\-−])(\d\d):?(\d\d)?$/`,
    replacement: String.raw`/([+\-−])(\d\d):?(\d\d)?$/`,
    because: 'A zone that gets here was matched as a whole before.',
  },
  {
    file: 'connector/models/moment.ts',
    original: String.raw`/^([+\-−])(\d\d):?(\d\d)?$/`,
    replacement: String.raw`/^([+\-−])(\d\d):?(\d\d)?/`,
    because: 'A zone that gets here was matched as a whole before.',
  },
  {
    file: 'connector/models/moment.ts',
    original: 'start === undefined || offset === undefined',
    replacement: 'false',
    because: 'What is reckoned with a part that is not known is no number, and so no moment.',
  },
  {
    file: 'connector/models/moment.ts',
    original: 'start === undefined || offset === undefined',
    replacement: 'start === undefined && offset === undefined',
    because: 'What is reckoned with a part that is not known is no number, and so no moment.',
  },
  {
    file: 'connector/models/moment.ts',
    original: 'start === undefined',
    replacement: 'false',
    because: 'What is reckoned with a part that is not known is no number, and so no moment.',
  },
  {
    file: 'connector/models/moment.ts',
    original: 'offset === undefined',
    replacement: 'false',
    because: 'What is reckoned with a part that is not known is no number, and so no moment.',
  },
  {
    file: 'connector/models/drift.ts',
    original: "keyword === 'anyOf'",
    replacement: 'false',
    because: 'No record of a list that is read is described by such a choice yet.',
  },
  {
    file: 'connector/models/drift.ts',
    original: "'anyOf'",
    replacement: '""',
    because: 'No record of a list that is read is described by such a choice yet.',
  },
  {
    file: 'connector/models/moment.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    because: 'What is matched always has this part; it stands in for one that has not.',
  },
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
  {
    file: 'connector/policy/default-fields.ts',
    original: '{ source: null }',
    replacement: '{}',
    because: 'What the field would hold is taken off again.',
  },
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
  {
    file: 'connector/policy/initial-source.ts',
    original: "(left.id ?? '') < (right.id ?? '')",
    replacement: "(left.id ?? '') <= (right.id ?? '')",
    because: 'Two records never have the same id.',
  },
  {
    file: 'connector/policy/initial-source.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    because: 'Which of two applications without an id comes first is open.',
  },
  {
    file: 'connector/policy/posting-text.ts',
    original: 'left.id < right.id',
    replacement: 'left.id <= right.id',
    because: 'Two records never have the same id.',
  },
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
    original: "''",
    replacement: '"Stryker was here!"',
    because: 'Neither text is the name of a user, nor what stands before one.',
  },
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
