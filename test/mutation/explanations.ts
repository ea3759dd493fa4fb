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

/** By file and reason, what is put in place of what. */
const reasons: Readonly<Record<string, Readonly<Record<string, readonly (readonly [string, string])[]>>>> = {
  'connector/actions/create-at-gem.ts': {
    'Which call an answer came from is said in the log only.': [["'createCandidate'", '""']],
  },
  'connector/actions/create.ts': {
    'The new application was found among those of the candidate, so there are some.': [
      ['[]', '["Stryker was here"]'],
    ],
  },
  'connector/actions/load-attachments.ts': {
    'Of a single file nothing but its content and their type is used.': [["'OTHER'", '""']],
    'Where the address stands in, one is given; a text that is empty is refused by the pattern, too.': [
      ["''", '"Stryker was here!"'],
    ],
    'The pattern refuses an empty text, too.': [["text === ''", 'false']],
    'A download fails in no other way, unless by a defect.': [['error instanceof CallFailed', 'true']],
  },
  'connector/actions/move-application-to-stage.ts': {
    'Every application that can be read has a job; this stands in for one that has none.': [
      ["'The application has no job at Gem, and so no stages.'", '""'],
    ],
  },
  'connector/actions/resolve-source.ts': {
    'No source is called either.': [["''", '"Stryker was here!"']],
    'Both texts that are compared are changed alike.': [['text.toLowerCase()', 'text.toUpperCase()']],
    'All such characters are taken out, one by one or together.': [
      ['/[^\\p{L}\\p{N}]+/gu', '/[^\\p{L}\\p{N}]/gu'],
    ],
  },
  'connector/actions/add-result-link.ts': {
    'Only attributes get here, and they are within details.': [
      ['details?.custom_field_name_prefix', 'details.custom_field_name_prefix'],
    ],
    'Only attributes get here, and what holds them has a prefix; this stands in for details that are not there.':
      [["''", '"Stryker was here!"']],
    'What counts is that there is a result.': [['true', 'false']],
  },
  'connector/actions/warnings.ts': {
    'The texts among these fields are never empty, so that they have keys as objects have.': [
      ["typeof value !== 'object'", 'false'],
    ],
  },
  'connector/actions/upload-resumes.ts': {
    'No file is sent under either name.': [["''", '"Stryker was here!"']],
  },
  'connector/actions/write-once.ts': {
    'Whatever is neither of the other two words leads to another attempt.': [["'try again'", '""']],
  },
  'connector/webhooks/emit.ts': {
    'The row was saved in the same transaction, just before.': [
      ['!after', 'false'],
      ["'the database kept no integration'", '""'],
    ],
  },
  'connector/api/lists/cursor.ts': {
    'Each item has a name of its own.': [['nameOf(one) < nameOf(other)', 'nameOf(one) <= nameOf(other)']],
  },
  'connector/api/lists/filters.ts': {
    'Every operation stands in the document under its path and method.': [
      ["typeof node === 'object' && node !== null", 'true'],
      ["typeof node === 'object' && node !== null", "typeof node === 'object' || node !== null"],
      ["typeof node === 'object'", 'true'],
      ['node !== null', 'true'],
    ],
  },
  'connector/api/lists/page.ts': {
    'A process that has worked a fingerprint out keeps it, and a longer one tells no less.': [
      ['known !== undefined', 'true'],
      ['known !== undefined', 'false'],
      ['known !== undefined', 'known === undefined'],
      ['shapes.set(list, shape);', ';'],
      [
        "hash('sha256', list.item(anyFields).compile(database).sql).slice(0, 16)",
        "hash('sha256', list.item(anyFields).compile(database).sql)",
      ],
    ],
    'A page without rows is the last one.': [['last === undefined', 'false']],
    'Only a page of more than 32 million characters has fewer items than rows; the deep run reads one.': [
      ['items.length === rows.length', 'true'],
    ],
    'A list with parts has a tail; this stands in for one that has none.': [["'{}'", '""']],
  },
  'connector/api/lists/items.ts': {
    'What fits every integration shows the same, and only takes longer.': [
      ['rows[0] ?? anyFields', 'rows[0] && anyFields'],
      ['!areMapped', 'false'],
      ['!areHidden', 'false'],
    ],
  },
  'connector/api/lists/list.ts': {
    'Filters hold for what is kept as well; it is only not worth keeping.': [
      [
        'Object.keys(query).every((name) => ofPages.has(name))',
        'Object.keys(query).some(name => ofPages.has(name))',
      ],
      ["'ignore_unsupported_filters'", '""'],
    ],
    'Every filter of a field that Gem lacks takes several values.': [['[value]', '[]']],
  },
  'connector/api/lists/candidates.ts': {
    'The description gives it a value where the caller gives none.': [['false', 'true']],
  },
  'connector/api/admission.ts': {
    'No call that is about no integration asks for one.': [
      ['() => refuse()', '() => undefined'],
      ['{ throw missingIntegration(); }', '{}'],
    ],
    'Neither is the name of a host.': [["''", '"Stryker was here!"']],
  },
  'connector/api/limits.ts': {
    'The statement always returns a row.': [
      ['!row', 'false'],
      ["'the database counted no call'", '""'],
    ],
  },
  'connector/api/problems.ts': {
    'What a text consists of are no lists, and so nothing is told of them.': [
      ["typeof place !== 'object'", 'false'],
    ],
  },
  'connector/api/lists/parts.ts': {
    'The first part begins a piece.': [['pieces.at(-1)?.push', 'pieces.at(-1).push']],
    'What stands in has no id, and no part is found by none.': [['[]', '["Stryker was here"]']],
  },
  'connector/api/lists/await-changes.ts': {
    'How often it looks changes nothing of what it finds.': [
      ['Math.min(pause * 1.5, longestPause)', 'Math.max(pause * 1.5, longestPause)'],
      ['pause * 1.5', 'pause / 1.5'],
    ],
    'The clock does not stand still for a whole pause.': [
      ['performance.now() > end', 'performance.now() >= end'],
    ],
  },
  'connector/api/general/scope-config.ts': {
    'An id is compared with others that are made alike.': [["'scope-config'", '""']],
  },
  'connector/api/general/fields.ts': {
    'No key of the fields that every account has stands in two models.': [['field.model === model', 'true']],
  },
  'connector/webhooks/issues.ts': {
    'Where no issue is open, none is resolved.': [['calls.isIssueOpen', 'true']],
  },
  'connector/sync/derivations.ts': {
    'What is narrowed is looked at as a whole at the end of each sync, and where all is looked at, the same is found.':
      [
        ['keys?.length === 0', 'false'],
        ['keys !== undefined && !keys.includes(everything)', 'false'],
        [
          '{ const keys = new Set<string>(); for (const [model, written] of rows) { const column = dependsOn[model]; if (column === undefined) continue; for (const row of written) keys.add(column === everything ? everything : String(row[column])); } return [...keys]; }',
          '{}',
        ],
        ['column === everything', 'true'],
        ["'everything'", '""'],
        ["'id'", '""'],
        ["'application_id'", '""'],
      ],
    'No row has such a key.': [['column === undefined', 'false']],
    'Where nothing differs, nothing is locked and changed.': [['ids.length === 0', 'false']],
  },
  'connector/sync/losses.ts': {
    'Every list feeds a model of its own.': [
      ['!model', 'false'],
      ['{ isProven: true, problem: null }', '{}'],
      ['true', 'false'],
    ],
    'The model of the records themselves comes before those of their parts.': [
      ['owner === undefined', 'true'],
    ],
    'A list that was read has shown something; only one that a version before has read has not.': [
      ['shown !== null', 'true'],
    ],
  },
  'connector/sync/read-candidates-of.ts': {
    'No candidate who is asked for is called either.': [["''", '"Stryker was here!"']],
  },
  'connector/sync/read-listing.ts': {
    'Who counts is always there to be told.': [
      [
        'reading.onProgress?.({ ...progress, records: ofOthers + ofPart })',
        'reading.onProgress({ ...progress, records: ofOthers + ofPart })',
      ],
    ],
    'Only applications name their candidates, and in a full sync all candidates have come before.': [
      ["operation === 'listApplications' && sync.type === 'DELTA'", 'true'],
      ["operation === 'listApplications'", 'true'],
      ["sync.type === 'DELTA'", 'true'],
    ],
    'Where the clock was ahead, all candidates are read as well.': [['since ?? null', 'since && null']],
    'A record of that very moment was read by the sync before, which is asked from a little earlier.': [
      ['Date.parse(at) >= Date.parse(since)', 'Date.parse(at) > Date.parse(since)'],
    ],
    'A delta sync of applications has a moment to ask from, unless all is read whole.': [
      ['since !== undefined', 'true'],
    ],
    'Without moved ones, all stay.': [['moved.length === 0', 'false']],
    'The page of a list that is asked for at once says what was shown.': [
      ['reached.shown?.total', 'reached.shown.total'],
    ],
    'Who counts is there to be told.': [
      [
        'onProgress?.({ listing: operation, records, total, done: reached.isFinished })',
        'onProgress({ listing: operation, records, total, done: reached.isFinished })',
      ],
    ],
    'Counting none more changes no count.': [['rejected.length > 0', 'rejected.length >= 0']],
    'A list that is left early asks for no more pages, and what is under way is dropped with its caller.': [
      ['{ await pages.return(undefined); }', '{}'],
      [
        '{ // It is not waited for: an item that is being fetched may take long. items.return().catch(() => {}); }',
        '{}',
      ],
      ['items.return().catch(() => {});', ';'],
    ],
    'What a trace tells of a page is held by the test of a process that is observed, which is not run here.':
      [["{ 'gem.operation': operation, page: page.number, records: page.records.length }", '{}']],
    'A page of applications has rows of applications.': [['[]', '["Stryker was here"]']],
    'What is left for the next sync is called neither.': [["''", '"Stryker was here!"']],
  },
  'connector/sync/read-lookup.ts': {
    'A full sync reads those lists whole anyway.': [["sync.type === 'FULL'", 'false']],
    'Digests are only compared with others that were made alike.': [['[]', '["Stryker was here"]']],
  },
  'connector/sync/run-sync.ts': {
    'Once a sync was told to stop, nothing else fails but by a defect.': [
      ['error === signal.reason', 'true'],
    ],
    'Only a change that another makes at that very moment could tell.': [['true', 'false']],
    'No list is called so.': [['[]', '["Stryker was here"]']],
  },
  'connector/sync/save-records.ts': {
    'What was brought since a full sync began is not gone anyway; its note is for processes that do not know that yet.':
      [["'FULL'", '""']],
  },
  'connector/sync/try-again.ts': {
    'A record without an id is rejected again, unless another version of the connector can use it.': [
      ['{ integrationId: integration.id, ...name }', '{}'],
    ],
  },
  'connector/sync/page.ts': {
    'Every model that is fed has its rows.': [['rows.get(name)?.push', 'rows.get(name).push']],
    'Nothing is less than undefined.': [
      ['at !== undefined && otherAt !== undefined', 'true'],
      ['at !== undefined && otherAt !== undefined', 'at !== undefined || otherAt !== undefined'],
      ['at !== undefined', 'true'],
      ['otherAt !== undefined', 'true'],
    ],
    'No row has the id that is made of nothing.': [['remoteId === null', 'false']],
    'Where there are no parts, nobody asks which of them are newer.': [['fed.length > 1', 'true']],
    'What is newer was brought since the full sync began, and so is not gone anyway.': [
      ['(id) => newer.has(id)', '() => undefined'],
    ],
  },
  'connector/sync/reading.ts': {
    'What a delta sync brings was read after a killed full one began, and so is not gone anyway.': [
      ["sync.type === 'FULL'", 'true'],
    ],
    'A full sync is the one that is found running.': [["sync.type === 'FULL'", 'false']],
    'A full sync is the one that is found running, and a delta one notes nothing that counts.': [
      ["sync.type === 'FULL'", "sync.type !== 'FULL'"],
      ["'FULL'", '""'],
    ],
  },
};

/** A reason holds as long as what it speaks of stands in its file. */
export const explanations: readonly Explanation[] = Object.entries(reasons).flatMap(([file, ofFile]) =>
  Object.entries(ofFile).flatMap(([because, mutations]) =>
    mutations.map(([original, replacement]) => ({ file, original, replacement, because })),
  ),
);
