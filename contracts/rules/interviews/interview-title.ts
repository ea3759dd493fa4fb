import * as fc from 'fast-check';
import type { Case } from '../../harness/case.ts';
import { place } from '../cases/texts.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';
import { sameText } from '../support/compare.ts';

/** Interviews with kinds of many names. */
const namedInterviews: fc.Arbitrary<Case> = fc
  .tuple(fc.constant('Onsite: Größe'), place, place)
  .map((titles) => ({
    records: {
      jobs: [{ as: 'job-1' }],
      job_stages: titles.map((title, index) => ({
        as: `stage-${index + 1}`,
        job_id: 'job-1',
        name: `Step ${index + 1}`,
        priority: index,
        interviews: [title],
      })),
      candidates: titles.map((_title, index) => ({ as: `candidate-${index + 1}` })),
      applications: titles.map((_title, index) => ({
        as: `application-${index + 1}`,
        candidate_id: `candidate-${index + 1}`,
        job_id: 'job-1',
        current_stage_id: `stage-${index + 1}`,
      })),
      scheduled_interviews: titles.map((_title, index) => ({
        as: `interview-${index + 1}`,
        application_id: `application-${index + 1}`,
      })),
    },
  }));

export default readingRule({
  statement: "an interview's `title` is the name that its kind of interview has at Gem",
  evidence: { grade: 'assumed', source: 'gem-ats-api §3.7: the only text that names an interview' },
  of: 'scheduled_interviews',
  becomes: 'interviews',
  needs: ['interviews.title'],
  cases: namedInterviews,
  judge: ({ gem, unified }) => sameText('title', unified.title, gem.interview.name),
  mutants: [
    showsWrong('first word only', 'interviews', (interview) => ({
      ...interview,
      title: interview.title?.split(' ')[0] ?? null,
    })),
    showsWrong('id of the kind', 'interviews', (interview, gem) => ({
      ...interview,
      title: gemRecord(gem, 'scheduled_interviews', interview.remote_id)?.interview.id ?? null,
    })),
  ],
});
