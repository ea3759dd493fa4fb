import { asking, judgeFiles, showsFiles } from '../support/files.ts';
import { same } from '../support/compare.ts';
import { filesOf } from '../support/files.ts';
import { writingRule } from '../../harness/rule.ts';

const get = 'getAtsCandidateAttachments';

export default writingRule({
  statement:
    "a candidate's attachments are all files that Gem has of them, each with its name, its type and their id",
  evidence: { grade: 'documented', source: 'kombo-unified-api §3.5; gem-ats-api §3.1' },
  of: [get],
  needs: [get],
  isOfForms: true,
  cases: asking(get, [{ candidate_id: 'person-1' }, { candidate_id: 'person-2' }]),
  judge(act, course) {
    const { candidates } = course.last.unified;
    const person = candidates.find(({ id }) => id === act.sent.path['candidate_id']);
    if (!person) return [];
    return [
      ...judgeFiles(act, person.remote_id, course, ['application_id', 'candidate_id']),
      ...filesOf(act).flatMap((file) => same('candidate_id', file['candidate_id'], person.id)),
    ];
  },
  mutants: [
    showsFiles('résumés only', get, (files) => files.filter(({ type }) => type === 'CV')),
    showsFiles('everything a CV', get, (files) =>
      files.map((file) => Object.assign({ ...file }, { type: 'CV' })),
    ),
  ],
});
