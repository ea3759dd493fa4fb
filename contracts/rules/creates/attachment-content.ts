import { fileCases, filesOf, showsFiles, readContents, type NamedFile } from '../support/files.ts';
import { resultsBefore } from '../support/records-before.ts';
import { answerOf, created, isDone } from '../support/results.ts';
import type { ActionResult, Run } from '../../harness/run.ts';
import { type Rule, type Verdict, right } from '../../harness/rule.ts';

const get = ['getAtsApplicationAttachments', 'getAtsCandidateAttachments'];
const [, ofCandidate = ''] = get;

const rule: Rule = {
  statement: "an attachment's `data_url` gives out the very file that Gem has",
  evidence: { grade: 'documented', source: 'kombo-unified-api §3.5' },
  concerns: 'writing',
  needs: get,
  wants: 'an answer that names the files of a candidate at Gem',
  cases: fileCases(ofCandidate, [{ candidate_id: 'person-1' }]),
  async holds(run) {
    const done = run.results.filter((result) => get.includes(result.action.operation) && isDone(result));
    return (await Promise.all(done.map((result) => judge(result, run)))).flat();
  },
  mutants: [
    showsFiles('the first file behind every address', ofCandidate, (files) =>
      files.map((file) => Object.assign({ ...file }, { data_url: files[0]?.['data_url'] })),
    ),
    showsFiles('addresses that lead nowhere', ofCandidate, (files) =>
      files.map((file) => Object.assign({ ...file }, { data_url: `${String(file['data_url'])}.gone` })),
    ),
  ],
};

export default rule;

async function judge(result: ActionResult, run: Run): Promise<Verdict[]> {
  const { candidate_id: candidateId, application_id: applicationId } = result.sent.path;
  const { candidates, applications } = run.last.unified;
  const application = applications.find(({ id }) => id === applicationId);
  const person = candidates.find(({ id }) => id === (candidateId ?? application?.candidate_id));
  const candidate = run.last.gem.candidates.find(({ id }) => id === person?.remote_id);
  // Files that were uploaded in the meantime have no address here.
  const isLater = resultsBefore(result, run)
    .flatMap((before) => created(before, 'attachments'))
    .some(({ candidate_id }) => candidate_id === candidate?.id);
  if (!candidate || isLater || answerOf(result).data === undefined) return [];
  return contents(
    result,
    candidate.attachments.map(({ filename, url }) => ({ name: filename, url })),
  );
}

async function contents(result: ActionResult, files: readonly NamedFile[]): Promise<Verdict[]> {
  const items = filesOf(result).map((item) => ({
    name: String(item['file_name']),
    url: String(item['data_url']),
  }));
  const [expected, got] = await Promise.all([files, items].map(readContents));
  return [...new Set(files.map(({ name }) => name))].flatMap((name): Verdict[] => {
    const [ofGem, ofConnector] = [expected, got].map((read) => read?.get(name)?.toSorted() ?? []);
    if (!ofConnector || ofConnector.length === 0) return [];
    if (ofConnector.join() === ofGem?.join()) return [right];
    return [
      {
        about: `${result.action.operation} ${result.title}`,
        what: `the content of ${name}`,
        expected: ofGem,
        got: ofConnector,
      },
    ];
  });
}
