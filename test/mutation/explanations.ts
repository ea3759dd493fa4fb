// Why a mutant is left alive. A reason holds for a mutation wherever in the file it stands, so that lines may move.
import type { Mutant } from './report.ts';

/** The score in percent that a folder must keep. */
export const floors: Readonly<Record<string, number>> = {
  'connector/actions': 97,
  'connector/api': 90,
  'connector/api/general': 90,
  'connector/api/lists': 94,
  'connector/models': 100,
  'connector/policy': 100,
  'connector/sync': 90,
  'connector/webhooks': 95,
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
  {
    file: 'connector/webhooks/emit.ts',
    original: '!after',
    replacement: 'false',
    because: 'The row was saved in the same transaction, just before.',
  },
  {
    file: 'connector/webhooks/emit.ts',
    original: "'the database kept no integration'",
    replacement: '""',
    because: 'The row was saved in the same transaction, just before.',
  },
  {
    file: 'connector/api/lists/cursor.ts',
    original: 'nameOf(one) < nameOf(other)',
    replacement: 'nameOf(one) <= nameOf(other)',
    because: 'Each item has a name of its own.',
  },
  {
    file: 'connector/api/lists/filters.ts',
    original: "typeof node === 'object' && node !== null",
    replacement: 'true',
    because: 'Every operation stands in the document under its path and method.',
  },
  {
    file: 'connector/api/lists/filters.ts',
    original: "typeof node === 'object' && node !== null",
    replacement: "typeof node === 'object' || node !== null",
    because: 'Every operation stands in the document under its path and method.',
  },
  {
    file: 'connector/api/lists/filters.ts',
    original: "typeof node === 'object'",
    replacement: 'true',
    because: 'Every operation stands in the document under its path and method.',
  },
  {
    file: 'connector/api/lists/filters.ts',
    original: 'node !== null',
    replacement: 'true',
    because: 'Every operation stands in the document under its path and method.',
  },
  {
    file: 'connector/api/lists/page.ts',
    original: 'last === undefined',
    replacement: 'false',
    because: 'A page without rows is the last one.',
  },
  {
    file: 'connector/api/lists/page.ts',
    original: 'items.length === rows.length',
    replacement: 'true',
    because:
      'Only a page of more than 32 million characters has fewer items than rows; the deep run reads one.',
  },
  {
    file: 'connector/api/lists/page.ts',
    original: "'{}'",
    replacement: '""',
    because: 'A list with parts has a tail; this stands in for one that has none.',
  },
  {
    file: 'connector/api/lists/list.ts',
    original: '[value]',
    replacement: '[]',
    because: 'Every filter of a field that Gem lacks takes several values.',
  },
  {
    file: 'connector/api/lists/candidates.ts',
    original: 'false',
    replacement: 'true',
    because: 'The description gives it a value where the caller gives none.',
  },
  {
    file: 'connector/api/admission.ts',
    original: '() => refuse()',
    replacement: '() => undefined',
    because: 'No call that is about no integration asks for one.',
  },
  {
    file: 'connector/api/admission.ts',
    original: '{ throw missingIntegration(); }',
    replacement: '{}',
    because: 'No call that is about no integration asks for one.',
  },
  {
    file: 'connector/api/admission.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    because: 'Neither is the name of a host.',
  },
  {
    file: 'connector/api/limits.ts',
    original: '!row',
    replacement: 'false',
    because: 'The statement always returns a row.',
  },
  {
    file: 'connector/api/limits.ts',
    original: "'the database counted no call'",
    replacement: '""',
    because: 'The statement always returns a row.',
  },
  {
    file: 'connector/api/problems.ts',
    original: "typeof place !== 'object'",
    replacement: 'false',
    because: 'What a text consists of are no lists, and so nothing is told of them.',
  },
  {
    file: 'connector/api/lists/parts.ts',
    original: 'pieces.at(-1)?.push',
    replacement: 'pieces.at(-1).push',
    because: 'The first part begins a piece.',
  },
  {
    file: 'connector/api/lists/parts.ts',
    original: '[]',
    replacement: '["Stryker was here"]',
    because: 'What stands in has no id, and no part is found by none.',
  },
  {
    file: 'connector/api/lists/await-changes.ts',
    original: 'Math.min(pause * 1.5, longestPause)',
    replacement: 'Math.max(pause * 1.5, longestPause)',
    because: 'How often it looks changes nothing of what it finds.',
  },
  {
    file: 'connector/api/lists/await-changes.ts',
    original: 'pause * 1.5',
    replacement: 'pause / 1.5',
    because: 'How often it looks changes nothing of what it finds.',
  },
  {
    file: 'connector/api/lists/await-changes.ts',
    original: 'performance.now() > end',
    replacement: 'performance.now() >= end',
    because: 'The clock does not stand still for a whole pause.',
  },
  {
    file: 'connector/api/general/fields.ts',
    original: 'field.model === model',
    replacement: 'true',
    because: 'No key of the fields that every account has stands in two models.',
  },
  {
    file: 'connector/webhooks/issues.ts',
    original: 'calls.isIssueOpen',
    replacement: 'true',
    because: 'Where no issue is open, none is resolved.',
  },
  {
    file: 'connector/sync/losses.ts',
    original: '!model',
    replacement: 'false',
    because: 'Every list feeds a model of its own.',
  },
  {
    file: 'connector/sync/losses.ts',
    original: 'owner === undefined',
    replacement: 'true',
    because: 'The model of the records themselves comes before those of their parts.',
  },
  {
    file: 'connector/sync/losses.ts',
    original: '{ isProven: true, problem: null }',
    replacement: '{}',
    because: 'Every list feeds a model of its own.',
  },
  {
    file: 'connector/sync/losses.ts',
    original: 'true',
    replacement: 'false',
    because: 'Every list feeds a model of its own.',
  },
  {
    file: 'connector/sync/read-candidates-of.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    because: 'No candidate who is asked for is called either.',
  },
  {
    file: 'connector/sync/read-lookup.ts',
    original: "sync.type === 'FULL'",
    replacement: 'false',
    because: 'A full sync reads those lists whole anyway.',
  },
  {
    file: 'connector/sync/read-lookup.ts',
    original: '[]',
    replacement: '["Stryker was here"]',
    because: 'Digests are only compared with others that were made alike.',
  },
  {
    file: 'connector/sync/save-records.ts',
    original: "'FULL'",
    replacement: '""',
    because:
      'What was brought since a full sync began is not gone anyway; its note is for processes that do not know that yet.',
  },
  {
    file: 'connector/sync/try-again.ts',
    original: '{ integrationId: integration.id, ...name }',
    replacement: '{}',
    because: 'A record without an id is rejected again, unless another version of the connector can use it.',
  },
  {
    file: 'connector/sync/page.ts',
    original: 'rows.get(name)?.push',
    replacement: 'rows.get(name).push',
    because: 'Every model that is fed has its rows.',
  },
  {
    file: 'connector/sync/page.ts',
    original: 'at !== undefined && otherAt !== undefined',
    replacement: 'true',
    because: 'Nothing is less than undefined.',
  },
  {
    file: 'connector/sync/page.ts',
    original: 'at !== undefined && otherAt !== undefined',
    replacement: 'at !== undefined || otherAt !== undefined',
    because: 'Nothing is less than undefined.',
  },
  {
    file: 'connector/sync/page.ts',
    original: 'at !== undefined',
    replacement: 'true',
    because: 'Nothing is less than undefined.',
  },
  {
    file: 'connector/sync/page.ts',
    original: 'otherAt !== undefined',
    replacement: 'true',
    because: 'Nothing is less than undefined.',
  },
  {
    file: 'connector/sync/page.ts',
    original: 'remoteId === null',
    replacement: 'false',
    because: 'No row has the id that is made of nothing.',
  },
  {
    file: 'connector/sync/page.ts',
    original: 'fed.length > 1',
    replacement: 'true',
    because: 'Where there are no parts, nobody asks which of them are newer.',
  },
  {
    file: 'connector/sync/page.ts',
    original: '(id) => newer.has(id)',
    replacement: '() => undefined',
    because: 'What is newer was brought since the full sync began, and so is not gone anyway.',
  },
  {
    file: 'connector/sync/reading.ts',
    original: "sync.type === 'FULL'",
    replacement: 'true',
    because: 'What a delta sync brings was read after a killed full one began, and so is not gone anyway.',
  },
  {
    file: 'connector/sync/reading.ts',
    original: "sync.type === 'FULL'",
    replacement: 'false',
    because: 'A full sync is the one that is found running.',
  },
  {
    file: 'connector/sync/reading.ts',
    original: "sync.type === 'FULL'",
    replacement: "sync.type !== 'FULL'",
    because: 'A full sync is the one that is found running, and a delta one notes nothing that counts.',
  },
  {
    file: 'connector/sync/reading.ts',
    original: "'FULL'",
    replacement: '""',
    because: 'A full sync is the one that is found running, and a delta one notes nothing that counts.',
  },
  {
    file: 'connector/sync/losses.ts',
    original: 'shown !== null',
    replacement: 'true',
    because: 'A list that was read has shown something; only one that a version before has read has not.',
  },
];
