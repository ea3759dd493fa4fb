import { makeJobPost, makePipeline, makeJob } from '../../factories/jobs.ts';
import type { Kit } from '../../factories/kit.ts';
import type { JobRecord, JobStageRecord, Records } from '../../records.ts';
import { addCustomFields, type Organisation } from './organisation.ts';

/** The jobs that candidates apply to, and every job's pipeline in order. */
export interface Jobs {
  jobs: ReturnType<typeof buildJobRecords>;
  stagesOf(job: JobRecord): JobStageRecord[];
}

/** One job in each status and of each awkward kind, with its pipeline and its posts. */
export function buildJobs(kit: Kit, records: Records, organisation: Organisation): Jobs {
  const jobs = buildJobRecords(kit, organisation);
  records.jobs.push(...Object.values(jobs));
  const { engineer, secondEngineer, engineeringManager } = organisation.users;
  const pipelines = new Map<string, JobStageRecord[]>();
  for (const job of Object.values(jobs)) {
    const stages = makePipeline(kit, job, [engineer.id, secondEngineer.id, engineeringManager.id]);
    pipelines.set(job.id, stages);
    records.job_stages.push(...stages);
  }
  addUnusualStages(kit, records, jobs);
  addPosts(kit, records, jobs);
  records.openings.push(...buildOpenings(kit, jobs.backend));
  addCustomFields(kit, records);
  return { jobs, stagesOf: (job) => pipelines.get(job.id) ?? [] };
}

function buildJobRecords(kit: Kit, { offices, departments, users }: Organisation) {
  const engineeringTeam = {
    hiring_managers: [users.engineeringManager.id],
    recruiters: [users.recruiter.id, users.secondRecruiter.id],
    coordinators: [users.coordinator.id],
    sourcers: [users.sourcer.id],
  };
  return {
    backend: makeJob(kit, {
      name: 'Senior Backend Engineer',
      created_at: kit.ago(180),
      office_ids: [offices.berlin.id, offices.paris.id, offices.remote.id],
      department_ids: [departments.platform.id, departments.engineering.id],
      hiring_team: engineeringTeam,
      location_type: 'hybrid',
      custom_fields: { 'Salary band': 'L5', 'Travel required': false },
    }),
    robotics: makeJob(kit, {
      name: 'Robotics Engineer (m/f/d)',
      created_at: kit.ago(150),
      // Nine offices: as many as were ever seen on one post (gem-ats-api §6).
      office_ids: [
        offices.tokyo,
        offices.berlin,
        offices.paris,
        offices.london,
        offices.krakow,
        offices.sanFrancisco,
        offices.newYork,
        offices.remote,
        offices.europe,
      ].map(({ id }) => id),
      department_ids: [departments.robotics.id],
      // One person in two groups becomes one member with two roles.
      hiring_team: {
        hiring_managers: [users.engineeringManager.id],
        sourcers: [users.engineeringManager.id],
      },
      location_type: 'in_office',
    }),
    // Came over from another ATS; its name still has a stray blank.
    sales: makeJob(kit, {
      id: '4965519002',
      name: 'Account Executive ',
      created_at: kit.ago(130),
      requisition_id: '95',
      office_ids: [offices.london.id, offices.newYork.id],
      department_ids: [departments.sales.id],
      hiring_team: { hiring_managers: [users.salesManager.id], recruiters: [users.recruiter.id] },
      location_type: 'remote',
    }),
    designer: makeJob(kit, {
      name: 'Product Designer',
      created_at: kit.ago(75),
      requisition_id: null,
      // The first office has no place of its own.
      office_ids: [offices.remote.id, offices.berlin.id],
      department_ids: [departments.product.id, departments.engineering.id],
      hiring_team: { recruiters: [users.secondRecruiter.id] },
      location_type: 'remote',
      employment_type: 'contract',
    }),
    // Its id has the third form that was seen, on jobs alone (gem-ats-api §15).
    confidential: makeJob(kit, {
      id: '0b9c1f52-6d2e-4a7b-9f0e-3c5d8a41e7b6',
      name: 'Chief Financial Officer',
      created_at: kit.ago(40),
      confidential: true,
      office_ids: [offices.sanFrancisco.id],
      hiring_team: { hiring_managers: [users.admin.id] },
    }),
    closed: makeJob(kit, {
      name: 'Office Manager',
      created_at: kit.ago(240),
      status: 'closed',
      closed_at: kit.ago(35),
      updated_at: kit.ago(35),
      office_ids: [offices.krakow.id],
      department_ids: [departments.people.id],
      employment_type: 'part_time',
    }),
    draft: makeJob(kit, {
      name: 'Data Analyst (draft)',
      created_at: kit.ago(12),
      status: 'draft',
      opened_at: null,
      requisition_id: null,
      location_type: null,
      employment_type: null,
    }),
    pendingApproval: makeJob(kit, {
      name: 'Site Reliability Engineer',
      created_at: kit.ago(9),
      status: 'pending_approval',
      opened_at: null,
      office_ids: [offices.berlin.id],
      department_ids: [departments.platform.id],
    }),
    approved: makeJob(kit, {
      name: 'Working Student, Robotics',
      created_at: kit.ago(8),
      status: 'approved',
      opened_at: null,
      office_ids: [offices.berlin.id],
      department_ids: [departments.robotics.id],
      employment_type: 'intern',
    }),
    template: makeJob(kit, { name: 'Engineer (template)', created_at: kit.ago(400), is_template: true }),
    deleted: makeJob(kit, {
      name: 'Opened by mistake',
      created_at: kit.ago(60),
      updated_at: kit.ago(59),
      deleted_at: kit.ago(59),
    }),
  };
}

function addUnusualStages(kit: Kit, records: Records, jobs: ReturnType<typeof buildJobRecords>): void {
  const [inactive] = makePipeline(kit, jobs.backend, [], ['Trial Day']);
  const [deleted] = makePipeline(kit, jobs.sales, [], ['Second Recruiter Screen']);
  if (inactive) records.job_stages.push({ ...inactive, priority: 7, active: false });
  if (deleted) {
    records.job_stages.push({
      ...deleted,
      priority: 7,
      active: false,
      updated_at: kit.ago(50),
      deleted_at: kit.ago(50),
    });
  }
}

function addPosts(kit: Kit, records: Records, jobs: ReturnType<typeof buildJobRecords>): void {
  records.job_posts.push(
    // Two live posts: the one published last gives the job its text.
    makeJobPost(kit, jobs.backend, { created_at: kit.ago(170), first_published_at: kit.ago(170, -12) }),
    makeJobPost(kit, jobs.backend, {
      title: 'Senior Backend Engineer, Platform',
      created_at: kit.ago(90),
      first_published_at: kit.ago(88),
      content: '<h2>Platform team</h2><p>You keep 4,000 robots talking. 日本語も歓迎。</p>',
    }),
    // Newer than both, but not live, not active, or never published.
    makeJobPost(kit, jobs.backend, {
      title: 'Senior Backend Engineer, closed',
      created_at: kit.ago(60),
      first_published_at: kit.ago(59),
      updated_at: kit.ago(30),
      live: false,
    }),
    makeJobPost(kit, jobs.backend, {
      title: 'Senior Backend Engineer, deleted',
      created_at: kit.ago(50),
      updated_at: kit.ago(49),
      active: false,
      live: false,
      deleted_at: kit.ago(49),
    }),
    makeJobPost(kit, jobs.backend, {
      title: 'Senior Backend Engineer, never published',
      created_at: kit.ago(20),
      live: false,
      first_published_at: null,
    }),
    makeJobPost(kit, jobs.robotics, { created_at: kit.ago(149), first_published_at: kit.ago(148) }),
    makeJobPost(kit, jobs.robotics, {
      title: 'Robotics Engineer (internal)',
      created_at: kit.ago(147),
      first_published_at: kit.ago(147),
      internal: true,
      external: false,
      internal_content: '<p>For colleagues only: talk to Marta.</p>',
    }),
    makeJobPost(kit, jobs.sales, {
      id: '5121780002',
      created_at: kit.ago(128),
      first_published_at: kit.ago(127),
    }),
    makeJobPost(kit, jobs.designer, {
      title: 'Product Designer (by invitation)',
      created_at: kit.ago(70),
      first_published_at: kit.ago(69),
      listed: false,
    }),
    makeJobPost(kit, jobs.closed, {
      created_at: kit.ago(238),
      first_published_at: kit.ago(237),
      updated_at: kit.ago(35),
      live: false,
    }),
  );
}

function buildOpenings(kit: Kit, job: JobRecord): Records['openings'] {
  const opening = {
    opened_at: kit.ago(170),
    closed_at: null,
    application_id: null,
    close_reason_id: null,
    target_hire_date: kit.dateAgo(-30),
    target_start_date: kit.dateAgo(-60),
    deleted_at: null,
    custom_fields: { 'Cost centre': 'ENG-12' },
    created_at: kit.ago(170),
  };
  return [
    {
      ...opening,
      id: kit.identifiers.next('opening'),
      job_id: job.id,
      opening_id: 'OPEN-1',
      status: 'open',
    },
    {
      ...opening,
      id: kit.identifiers.next('opening'),
      // A seat without a job, as Gem allows it (gem-ats-api §3.10).
      job_id: null,
      opening_id: null,
      status: 'closed',
      closed_at: kit.ago(33),
    },
  ];
}
