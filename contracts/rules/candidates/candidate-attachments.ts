import { fileCases, judgeFiles, showsFiles } from '../support/files.ts';
import { check, same } from '../support/compare.ts';
import { filesOf } from '../support/files.ts';
import type { ItemOf } from '../../harness/lists.ts';
import { writingRule } from '../../harness/rule.ts';

const get = 'getAtsCandidateAttachments';

export default writingRule({
  statement:
    "a candidate's attachments are all files that Gem has of them, each with its name, its type and their id",
  evidence: { grade: 'documented', source: 'kombo-unified-api §3.5; gem-ats-api §3.1' },
  of: [get],
  needs: [get],
  inputs: ['candidate_id'],
  isOfForms: true,
  cases: fileCases(get, [{ candidate_id: 'person-1' }, { candidate_id: 'person-2' }]),
  judge(result, run) {
    const { candidates } = run.last.unified;
    const person = candidates.find(({ id }) => id === result.sent.path['candidate_id']);
    if (!person) return [];
    return [
      ...judgeFiles(result, person.remote_id, run, ['application_id', 'candidate_id']),
      ...filesOf(result).flatMap((file) => same('candidate_id', file['candidate_id'], person.id)),
      ...filesOf(result).flatMap(({ application_id: got }) =>
        check(isOf(person, got), {
          what: 'application_id',
          expected: 'null, or the id of an application of the candidate',
          got,
        }),
      ),
    ];
  },
  mutants: [
    showsFiles('résumés only', get, (files) => files.filter(({ type }) => type === 'CV')),
    showsFiles('everything a CV', get, (files) =>
      files.map((file) => Object.assign({ ...file }, { type: 'CV' })),
    ),
    showsFiles('files without their moment', get, (files) =>
      files.map((file) => Object.assign({ ...file }, { remote_created_at: null })),
    ),
    showsFiles('files that are alike as one', get, (files) =>
      files.map((file) => {
        const first = files.find((one) =>
          ['file_name', 'remote_created_at'].every((key) => one[key] === file[key]),
        );
        return Object.assign({ ...file }, { id: first?.['id'] });
      }),
    ),
    showsFiles("the candidate's id as that of an application", get, (files) =>
      files.map((file) => Object.assign({ ...file }, { application_id: file['candidate_id'] })),
    ),
  ],
});

function isOf({ applications }: ItemOf['candidates'], id: unknown): boolean {
  return id === null || applications.some((one) => one.id === id);
}
