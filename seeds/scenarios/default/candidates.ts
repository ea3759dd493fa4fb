import { makeApplication } from '../../factories/applications.ts';
import { makeResume, onePagePdf, makeCandidate, makeNote } from '../../factories/candidates.ts';
import type { Kit } from '../../factories/kit.ts';
import type { ApplicationRecord, CandidateRecord, JobRecord, Records, SourceRecord } from '../../records.ts';
import type { Jobs } from './jobs.ts';
import type { Organisation } from './organisation.ts';

/** How an application stands: its place in the pipeline, where it came from, how it ended. */
interface Standing {
  stage: number;
  source: SourceRecord;
  appliedDaysAgo: number;
  ended?: 'rejected' | 'hired';
}

/** The people who matter to a test by name. */
export type People = ReturnType<typeof buildCandidates>;

/** The people who matter to a test by name, who are returned, then enough others to fill a few pages. */
export function buildCandidates(
  kit: Kit,
  records: Records,
  organisation: Organisation,
  { jobs, stagesOf }: Jobs,
) {
  const { sources, users, rejectionReasons } = organisation;

  function addPerson(overrides: Partial<CandidateRecord>): CandidateRecord {
    const candidate = makeCandidate(kit, overrides);
    records.candidates.push(candidate);
    return candidate;
  }

  function apply(
    candidate: CandidateRecord,
    job: JobRecord,
    { stage, source, appliedDaysAgo, ended }: Standing,
    overrides: Partial<ApplicationRecord> = {},
  ): ApplicationRecord {
    const movedAt = kit.ago(Math.max(1, Math.floor(appliedDaysAgo * 0.6)), 23);
    const application = makeApplication(kit, candidate, job, {
      created_at: kit.ago(appliedDaysAgo, -7),
      source_id: source.id,
      current_stage_id: stagesOf(job)[stage]?.id ?? null,
      recruiter_id: users.recruiter.id,
      coordinator_id: users.coordinator.id,
      job_post_id: records.job_posts.find((post) => post.job_id === job.id && post.live)?.id ?? null,
      last_activity_at: stage > 0 || ended ? movedAt : kit.ago(appliedDaysAgo, -7),
      ...(ended && { status: ended }),
      ...(ended === 'rejected' && {
        rejected_at: movedAt,
        rejection_reason_id: kit.chance.helpers.arrayElement(rejectionReasons).id,
      }),
      ...overrides,
    });
    records.applications.push(application);
    return application;
  }

  const zoe = addPerson({ first_name: 'Zoë', last_name: 'Großmann', created_at: kit.ago(100) });
  // Three applications from three sources; the first of them is the initial one although it is listed last.
  apply(zoe, jobs.sales, { stage: 1, source: sources.linkedIn, appliedDaysAgo: 20 });
  apply(zoe, jobs.robotics, { stage: 3, source: sources.referral, appliedDaysAgo: 60, ended: 'rejected' });
  apply(zoe, jobs.backend, { stage: 4, source: sources.careerSite, appliedDaysAgo: 100 });
  records.attachments.push(makeResume(kit, zoe), makeResume(kit, zoe, { filename: 'Zeugnis_Übersicht.pdf' }));

  const imported = addPerson({
    id: '28714539002',
    first_name: 'Łukasz',
    last_name: 'Żółkiewski',
    created_at: kit.ago(95),
  });
  apply(
    imported,
    jobs.sales,
    { stage: 6, source: sources.indeed, appliedDaysAgo: 95, ended: 'hired' },
    { id: '31990214002' },
  );

  const secret = addPerson({
    first_name: '小龍',
    last_name: '李',
    is_private: true,
    created_at: kit.ago(30),
  });
  apply(secret, jobs.confidential, { stage: 2, source: sources.sequence, appliedDaysAgo: 30 });

  const referred = addPerson({
    first_name: 'Siobhán',
    last_name: "O'Néill",
    created_at: kit.ago(45),
    email_addresses: [
      { value: 'siobhan.oneill@example.org', type: 'personal', is_primary: true },
      { value: 'soneill@previous-employer.example', type: 'work', is_primary: false },
    ],
    phone_numbers: [
      { type: 'mobile', value: '+353 85 555 0142' },
      { type: 'home', value: '+353 1 555 0199' },
    ],
    social_media_addresses: [
      { value: 'https://www.linkedin.com/in/siobhan-oneill' },
      { value: 'https://github.com/siobhan-oneill' },
    ],
  });
  apply(
    referred,
    jobs.backend,
    { stage: 2, source: sources.referral, appliedDaysAgo: 45 },
    { credited_to: users.engineer.id },
  );

  // Applied twice to the same job, with a rejection in between.
  const persistent = addPerson({ first_name: 'Nguyễn', last_name: 'Thị Minh', created_at: kit.ago(140) });
  apply(persistent, jobs.robotics, {
    stage: 0,
    source: sources.meetup,
    appliedDaysAgo: 140,
    ended: 'rejected',
  });
  apply(persistent, jobs.robotics, { stage: 4, source: sources.partner, appliedDaysAgo: 14 });

  const bare = addPerson({
    first_name: 'João',
    last_name: 'D’Ávila',
    created_at: kit.ago(10),
    company: null,
    title: null,
    email_addresses: [],
    phone_numbers: [],
    social_media_addresses: [],
    educations: [],
    employments: [],
    tags: [],
  });
  apply(
    bare,
    jobs.designer,
    { stage: 0, source: sources.sequence, appliedDaysAgo: 10 },
    { job_post_id: null },
  );

  const colleague = addPerson({
    first_name: 'عمر',
    last_name: 'الفارسي',
    created_at: kit.ago(55),
    linked_user_ids: [users.designer.id],
  });
  users.designer.linked_candidate_ids.push(colleague.id);
  apply(colleague, jobs.designer, { stage: 5, source: sources.internal, appliedDaysAgo: 55, ended: 'hired' });

  // A person in the database who never applied.
  const neverApplied = addPerson({ first_name: 'Never', last_name: 'Applied', created_at: kit.ago(33) });

  const badAddress = addPerson({
    first_name: 'Typo',
    last_name: 'Inaddress',
    created_at: kit.ago(28),
    email_addresses: [{ value: 'typo@@example', type: 'personal', is_primary: true }],
  });
  apply(badAddress, jobs.backend, { stage: 0, source: sources.github, appliedDaysAgo: 28 });

  const erased = addPerson({
    first_name: 'Erased',
    last_name: 'Onrequest',
    created_at: kit.ago(70),
    updated_at: kit.ago(15),
    deleted_at: kit.ago(15),
  });
  apply(
    erased,
    jobs.backend,
    { stage: 0, source: sources.indeed, appliedDaysAgo: 70 },
    { deleted_at: kit.ago(15), last_activity_at: kit.ago(15) },
  );

  const withdrawn = addPerson({ first_name: 'Application', last_name: 'Deleted', created_at: kit.ago(48) });
  apply(withdrawn, jobs.sales, { stage: 1, source: sources.linkedIn, appliedDaysAgo: 48 });
  apply(
    withdrawn,
    jobs.backend,
    { stage: 0, source: sources.linkedIn, appliedDaysAgo: 40 },
    { deleted_at: kit.ago(38), last_activity_at: kit.ago(38) },
  );

  const daysSince = (instant: string) =>
    Math.floor((Date.parse(kit.ago(0)) - Date.parse(instant)) / (24 * 60 * 60_000));
  const popular = [jobs.backend, jobs.backend, jobs.robotics, jobs.sales, jobs.designer, jobs.closed];
  const channels = Object.values(sources);
  for (let count = 0; count < 48; count += 1) {
    const appliedDaysAgo = kit.chance.number.int({ min: 2, max: 120 });
    const candidate = addPerson({
      created_at: kit.ago(appliedDaysAgo, 9),
      is_private: kit.chance.datatype.boolean(0.04),
    });
    const job = kit.chance.helpers.arrayElement(popular);
    // A closed job has no active applications; an open one has not hired yet.
    const ended = kit.chance.helpers.weightedArrayElement([
      { value: 'rejected', weight: 3 },
      job.status === 'closed' ? { value: 'hired', weight: 1 } : { value: 'active', weight: 6 },
    ] as const);
    const stage = ended === 'hired' ? 6 : kit.chance.number.int({ min: 0, max: 5 });
    apply(candidate, job, {
      stage,
      source: kit.chance.helpers.arrayElement(channels),
      // An application is never older than its job.
      appliedDaysAgo: Math.min(appliedDaysAgo, daysSince(job.created_at) - 1),
      ...(ended !== 'active' && { ended }),
    });
    if (kit.chance.datatype.boolean(0.6)) records.attachments.push(makeResume(kit, candidate));
  }
  records.attachments.push(
    makeResume(kit, referred, {
      user_id: users.recruiter.id,
      filename: 'cover letter.pdf',
      content: onePagePdf('A cover letter that Gem files as a resume').toString('base64'),
      created_at: kit.ago(44),
    }),
  );
  records.notes.push(
    makeNote(kit, zoe, { user_id: users.recruiter.id, body: 'Speaks 日本語; prefers calls after 16:00.' }),
    makeNote(kit, zoe, {
      user_id: users.secondRecruiter.id,
      body: 'Asks for more than the band allows.',
      visibility: 'private',
      created_at: kit.ago(90),
    }),
    makeNote(kit, referred, { user_id: users.engineer.id, body: 'We worked together for two years.' }),
  );
  return {
    zoe,
    imported,
    secret,
    referred,
    persistent,
    bare,
    colleague,
    neverApplied,
    badAddress,
    erased,
    withdrawn,
  };
}
