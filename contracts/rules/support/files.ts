// Calls for files: their cases, and what they have to answer (kombo-unified-api §3.5).
import * as fc from 'fast-check';
import { applicant } from '../cases/stages.ts';
import type { Case } from '../../harness/case.ts';
import type { ActionResult, Run } from '../../harness/run.ts';
import { resultsBefore } from './records-before.ts';
import { actsWrong } from './mutants.ts';
import { right, type Mutant, type Check } from '../../harness/rule.ts';
import { toInstant } from '../../clock.ts';
import { answerOf, created, isDone, mustSucceed } from './results.ts';
import { check, same } from './compare.ts';

/** One file in an answer. */
export type FileItem = Readonly<Record<string, unknown>>;

const types = ['resume', 'cover_letter', 'other', 'take_home_test', 'offer_letter', 'offer_packet'] as const;

/** A candidate with files, and one without. */
export function fileCases(
  operation: string,
  paths: readonly Readonly<Record<string, string>>[],
): fc.Arbitrary<Case> {
  const fileName = fc.constantFrom(
    'cv.pdf',
    'Lebenslauf (final).docx',
    '履歴書.pdf',
    'photo.png',
    'noending',
  );
  return fc
    .array(fc.record({ type: fc.constantFrom(...types), filename: fileName }), { maxLength: 4 })
    .map((more) =>
      [
        { type: 'cover_letter', filename: 'letter.pdf' },
        { type: 'resume', filename: 'cv.pdf' },
        // Alike in all that Gem tells of a file.
        { type: 'other', filename: 'copy.pdf', created_at: '2024-05-01T08:00:00.000Z' },
        { type: 'other', filename: 'copy.pdf', created_at: '2024-05-01T08:00:00.000Z' },
      ].concat(more),
    )
    .map((files) => ({
      records: {
        ...applicant,
        candidates: [...applicant.candidates, { as: 'person-2' }],
        applications: [
          ...applicant.applications,
          { as: 'application-2', candidate_id: 'person-2', job_id: 'job-1' },
        ],
        attachments: files.map((file, index) =>
          Object.assign(
            { candidate_id: 'person-1', content: Buffer.from(`file ${index}`).toString('base64') },
            file,
          ),
        ),
      },
      actions: paths.map((path) => ({ operation, path })),
    }));
}

/**
 * Compares the files of an answer with those at Gem.
 *
 * @param candidateId the candidate's id at Gem
 * @param more further keys that an item must have
 */
export function judgeFiles(
  result: ActionResult,
  candidateId: string | null | undefined,
  run: Run,
  more: readonly string[] = [],
): Check[] {
  const candidate = run.last.gem.candidates.find(({ id }) => id === candidateId);
  if (!candidate || candidate.deleted_at !== undefined) return [];
  if (!isDone(result)) return mustSucceed(result);
  const uploaded = resultsBefore(result, run)
    .flatMap((before) => created(before, 'attachments'))
    .filter((attachment) => attachment.candidate_id === candidate.id);
  const expected = [...candidate.attachments, ...uploaded]
    .map(({ filename, type }) => `${filename} as ${unifiedTypes.get(type) ?? 'OTHER'}`)
    .toSorted();
  const items = filesOf(result);
  const got = items.map(({ file_name, type }) => `${String(file_name)} as ${String(type)}`).toSorted();
  return [
    ...same('data.results', got, expected),
    ...items.flatMap((item) => judgeKeys(item, more)),
    ...(items.length === 0 ? [] : judgeTogether(items, [...candidate.attachments, ...uploaded])),
  ];
}

/** What only all files of an answer show together: ids of their own, and the moments of Gem's files. */
function judgeTogether(
  items: readonly FileItem[],
  files: readonly { filename: string; created_at: string }[],
): Check[] {
  const distinct = (key: string) => new Set(items.map((item) => item[key])).size;
  const names = new Set(items.map((item) => String(item['file_name'])));
  return [
    ...same('different values of data.results[].id', distinct('id'), items.length),
    ...same('different values of data.results[].remote_id', distinct('remote_id'), items.length),
    ...[...names].flatMap((name) => {
      const got = items.filter((item) => item['file_name'] === name).map((item) => item['remote_created_at']);
      const moments = files
        .filter(({ filename }) => filename === name)
        .map((file) => Date.parse(file.created_at));
      const expected = moments.map((moment) => toInstant(moment)).toSorted();
      return same(`remote_created_at of ${name}`, got.toSorted(), expected);
    }),
  ];
}

/** The files of an answer. */
export function filesOf(result: Pick<ActionResult, 'answer'>): readonly FileItem[] {
  return answerOf(result).data?.results ?? [];
}

/** A connector that shows a candidate's files wrongly. */
export function showsFiles(
  name: string,
  operation: string,
  change: (files: readonly FileItem[]) => readonly FileItem[],
): Mutant {
  return actsWrong(name, [operation], async (_call, right) => {
    const answer = await right.act();
    if (answer.status !== 200) return answer;
    const body = answerOf({ answer: answer.body });
    return {
      ...answer,
      body: { ...body, data: { ...body.data, results: change(body.data?.results ?? []) } },
    };
  });
}

const unifiedTypes = new Map<string, string>([
  ['resume', 'CV'],
  ['cover_letter', 'COVER_LETTER'],
]);

const texts = ['type', 'id', 'remote_id', 'data_url', 'file_name', 'content_type'];

/** The forms of texts (kombo-unified-api §3.5, §5.4). */
const forms: Readonly<Record<string, RegExp>> = {
  type: /^(CV|COVER_LETTER|OTHER)$/,
  id: /^[1-9A-HJ-NP-Za-km-z]{24}$/,
  data_url: /^https?:\/\/./,
  content_type: /^[\w.+-]+\/[\w.+-]+$/,
};

function judgeKeys(item: FileItem, more: readonly string[]): Check[] {
  const keys = [...texts, 'remote_created_at', 'remote_updated_at', ...more];
  return keys.flatMap((what) => {
    if (!(what in item)) return [{ what, expected: 'a value or null', got: 'nothing' }];
    if (!texts.includes(what)) return [right];
    const expected = forms[what] ?? /^[^]+$/;
    const got = item[what];
    const isOfForm = typeof got === 'string' && expected.test(got);
    const isPdf = what === 'content_type' && String(item['file_name']).endsWith('.pdf');
    const ofForm = check(isOfForm, { what, expected: `a text like ${expected.source}`, got });
    return isPdf ? ofForm.concat(same(what, got, 'application/pdf')) : ofForm;
  });
}

/** A file, and its address. */
export interface NamedFile {
  name: string;
  url: string;
}

/** The contents of files in base64, by file name; several files may have the same name. */
export async function readContents(files: readonly NamedFile[]): Promise<Map<string, string[]>> {
  const read = await Promise.all(
    files.map(async ({ name, url }) => ({ name, content: await fetchFile(url) })),
  );
  return new Map(
    [...Map.groupBy(read, ({ name }) => name)].map(([name, all]) => [
      name,
      all.map(({ content }) => content),
    ]),
  );
}

async function fetchFile(url: string): Promise<string> {
  try {
    const answer = await fetch(url);
    return answer.ok ? Buffer.from(await answer.arrayBuffer()).toString('base64') : `status ${answer.status}`;
  } catch (error) {
    return `no answer: ${String(error)}`;
  }
}
