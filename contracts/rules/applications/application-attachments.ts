import { fileCases, judgeFiles, showsFiles } from '../support/files.ts';
import { writingRule } from '../../harness/rule.ts';

const get = 'getAtsApplicationAttachments';

export default writingRule({
  statement:
    "an application's attachments are all files that Gem has of its candidate, each with its name and its type",
  evidence: { grade: 'documented', source: 'kombo-unified-api §3.5; gem-ats-api §3.1' },
  of: [get],
  needs: [get],
  inputs: ['application_id'],
  isOfForms: true,
  cases: fileCases(get, [{ application_id: 'application-1' }, { application_id: 'application-2' }]),
  judge(result, run) {
    const { gem, unified } = run.last;
    const item = unified.applications.find(({ id }) => id === result.sent.path['application_id']);
    const application = gem.applications.find(({ id }) => id === item?.remote_id);
    return judgeFiles(result, application?.candidate_id, run);
  },
  mutants: [
    showsFiles('files of the application alone', get, () => []),
    showsFiles('content type left out', get, (files) =>
      files.map(({ content_type: _left, ...file }) => file),
    ),
  ],
});
