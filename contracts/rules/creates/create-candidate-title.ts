import * as fc from 'fast-check';
import { creates, inputOf } from '../../harness/asked.ts';
import { creating } from '../../harness/cases/create.ts';
import { name } from '../../harness/cases/texts.ts';
import { sameText } from '../../harness/same-text.ts';
import { writingRule } from '../../harness/rule.ts';
import { leavesOut } from '../../harness/wrong-acts.ts';
import { created, isDone } from '../../harness/written.ts';

export default writingRule({
  statement: 'the title of somebody new reaches Gem as it was given',
  evidence: {
    grade: 'documented',
    source: 'kombo-gem-connector §2; gem-ats-api §5.1',
  },
  of: creates,
  needs: creates,
  cases: creating(
    'create-candidate-title',
    fc.record({ candidate: fc.record({ title: fc.oneof(name, fc.constant('ß'.repeat(255))) }) }),
  ),
  judge(act) {
    const { title: given = null } = inputOf(act).candidate;
    return (isDone(act) ? created(act, 'candidates') : []).flatMap(({ title }) =>
      sameText('title', title, given),
    );
  },
  mutants: [leavesOut('title left out', 'title')],
});
