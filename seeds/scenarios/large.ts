import { makeApplication } from '../factories/applications.ts';
import { makeResume, makeCandidate } from '../factories/candidates.ts';
import { makeJobPost, makePipeline, makeJob } from '../factories/jobs.ts';
import { createKit, type Kit } from '../factories/kit.ts';
import { makeOffice, makeUser } from '../factories/organisation.ts';
import { settleParameters } from '../parameters.ts';
import type { ApplicationRecord, CandidateRecord, JobRecord, JobStageRecord, Records } from '../records.ts';
import { settleActivity, type Scenario } from '../scenario.ts';
import { emptyScenario } from './empty.ts';

/** A company with as many people as wanted. */
export const largeScenario: Scenario = {
  name: 'large',
  purpose:
    'a company with as many candidates as you like, to see how long a sync takes and how paging holds up',
  parameters: [
    {
      name: 'candidates',
      type: 'integer',
      default: 1000,
      minimum: 0,
      maximum: 1_000_000,
      description: 'how many candidates; there are one and a half times as many applications',
    },
  ],
  rules: [],
  build(options) {
    const size = Number(settleParameters(largeScenario.parameters, options.parameters)['candidates']);
    const seed = emptyScenario.build(options);
    const kit = createKit(`${options.seed}\nlarge`, options.anchor, seed.identifiers);
    const { records } = seed;
    const openings = buildJobs(kit, records);
    for (let index = 0; index < size; index += 1) {
      const candidate = makePerson(kit, index);
      records.candidates.push(candidate);
      const times = index % 2 === 0 ? 2 : 1;
      for (let count = 0; count < times; count += 1) {
        const opening = openings[(index + count * 7) % openings.length];
        if (opening) records.applications.push(apply(kit, records, candidate, opening));
      }
      if (index % 10 === 0) records.attachments.push(makeResume(kit, candidate));
    }
    return { ...seed, company: { name: 'Large', vanity: 'large' }, records: settleActivity(records) };
  },
};

interface Opening {
  job: JobRecord;
  stages: JobStageRecord[];
  postId: string;
}

function buildJobs(kit: Kit, records: Records): Opening[] {
  const offices = ['Berlin', 'Lisbon', 'Toronto'].map((name) =>
    makeOffice(kit, { name, location_name: name }),
  );
  const staff = Array.from({ length: 25 }, () => makeUser(kit, 'large.example'));
  records.offices.push(...offices);
  records.users.push(...staff);
  return Array.from({ length: 40 }, (_, index) => {
    const job = makeJob(kit, {
      name: kit.chance.person.jobTitle(),
      created_at: kit.ago(1600, index),
      office_ids: offices.slice(index % 3).map(({ id }) => id),
      hiring_team: { recruiters: [staff[index % staff.length]?.id ?? ''] },
    });
    const stages = makePipeline(
      kit,
      job,
      staff.slice(0, 3).map(({ id }) => id),
    );
    const post = makeJobPost(kit, job);
    records.jobs.push(job);
    records.job_stages.push(...stages);
    records.job_posts.push(post);
    return { job, stages, postId: post.id };
  });
}

function makePerson(kit: Kit, index: number): CandidateRecord {
  return makeCandidate(kit, {
    created_at: kit.ago(kit.chance.number.int({ min: 3, max: 1500 }), index % 1440),
    // A hundred thousand people do not share a few thousand addresses.
    email_addresses: [{ value: `person.${index}@example.com`, type: 'personal', is_primary: true }],
  });
}

function apply(kit: Kit, records: Records, candidate: CandidateRecord, opening: Opening): ApplicationRecord {
  const { chance } = kit;
  const status = (['active', 'active', 'rejected'] as const)[chance.number.int({ max: 2 })] ?? 'active';
  const stage = opening.stages[chance.number.int({ max: opening.stages.length - 1 })];
  const source = records.sources[chance.number.int({ max: records.sources.length - 1 })];
  const isRejected = status === 'rejected';
  return makeApplication(kit, candidate, opening.job, {
    status,
    job_post_id: opening.postId,
    source_id: source?.id ?? null,
    recruiter_id: opening.job.hiring_team.recruiters?.[0] ?? null,
    current_stage_id: stage?.id ?? null,
    rejected_at: isRejected ? candidate.created_at : null,
    rejection_reason_id: isRejected ? (records.rejection_reasons[0]?.id ?? null) : null,
  });
}
