import { ownMember } from '../record-schemas.ts';
import type { InterviewDefinitionRecord, JobRecord, JobStageRecord } from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes the pipeline of a job: one stage for each name, in order, with an interview where one is usual. */
export function makePipeline(
  kit: Kit,
  job: JobRecord,
  interviewerIds: readonly string[],
  names: readonly string[] = pipeline,
): JobStageRecord[] {
  return names.map((name, priority) => ({
    id: kit.identifiers.next('job_stage'),
    job_id: job.id,
    name,
    priority,
    active: true,
    updated_at: job.created_at,
    created_at: job.created_at,
    deleted_at: null,
    interviews: (ownMember(interviewsOf, name) ?? []).map((interview) =>
      makeInterviewDefinition(kit, interview, interviewerIds),
    ),
  }));
}

function makeInterviewDefinition(
  kit: Kit,
  interview: { name: string; minutes: number; question: string },
  default_interviewer_ids: readonly string[],
): InterviewDefinitionRecord {
  return {
    id: kit.identifiers.next('interview_definition'),
    item_id: kit.identifiers.next('interview_item'),
    name: interview.name,
    schedulable: true,
    estimated_minutes: interview.minutes,
    default_interviewer_ids: [...default_interviewer_ids],
    kit: {
      id: kit.identifiers.next('interview_kit'),
      content: `<p>Guide for the ${interview.name.toLowerCase()}.</p>`,
      questions: [{ id: kit.identifiers.next('interview_kit_question'), question: interview.question }],
    },
    deleted_at: null,
  };
}

// The stage names that were seen in live accounts (gem-ats-api §9, §13).
const pipeline = [
  'Application Review',
  'Recruiter Screen',
  'HM Interview',
  'Technical Assessment',
  'Onsite',
  'Reference',
  'Offer',
];

const interviewsOf: Record<string, { name: string; minutes: number; question: string }[]> = {
  'Recruiter Screen': [{ name: 'Recruiter screen', minutes: 30, question: 'What are you looking for next?' }],
  'HM Interview': [
    {
      name: 'Hiring manager interview',
      minutes: 45,
      question: 'Tell us about a decision you would take back.',
    },
  ],
  'Technical Assessment': [
    { name: 'Technical assessment', minutes: 60, question: 'How would you test this?' },
  ],
  Onsite: [
    { name: 'Onsite: system design', minutes: 60, question: 'Where does it break first?' },
    { name: 'Onsite: culture interview', minutes: 45, question: 'When did you last change your mind?' },
  ],
};
