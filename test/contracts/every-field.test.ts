// Walks the field lists of all ten models: every field of every row that the unified API shows has to hold what
// follows from Gem's own answer. The expectations restate the rules; they share no code with the connector.
import { beforeAll, describe, expect, test } from 'vitest';
import { coveredModels, type ModelName } from '../../contracts/coverage.ts';
import type { GemSchemas } from '../../contracts/gem.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { read } from '../support/gem.ts';
import { useBoth } from '../support/both.ts';

const both = useBoth();

interface Gem {
  users: GemSchemas['User'][];
  jobs: GemSchemas['Job'][];
  job_posts: GemSchemas['JobPost'][];
  job_stages: GemSchemas['JobStage'][];
  candidates: GemSchemas['Candidate'][];
  applications: GemSchemas['Application'][];
  scheduled_interviews: GemSchemas['ScheduledInterview'][];
}

interface Unified {
  users: UnifiedSchemas['User'][];
  jobs: UnifiedSchemas['Job'][];
  candidates: UnifiedSchemas['Candidate'][];
  applications: UnifiedSchemas['Application'][];
  interviews: UnifiedSchemas['Interview'][];
  stages: UnifiedSchemas['ApplicationStage'][];
}

let gem: Gem;
let unified: Unified;

beforeAll(async () => {
  const listing = <Name extends keyof Gem>(name: Name) =>
    read<Gem[Name]>(both.gem, `/ats/v0/${name}/?per_page=500&include_deleted=true`);
  gem = {
    users: await listing('users'),
    jobs: await listing('jobs'),
    job_posts: await listing('job_posts'),
    job_stages: await listing('job_stages'),
    candidates: await listing('candidates'),
    applications: await listing('applications'),
    scheduled_interviews: await listing('scheduled_interviews'),
  };
  const list = <Item>(path: string) =>
    both.unifiedList<Item>(`/ats/${path}?include_deleted=true&page_size=50`);
  unified = {
    users: await list('users'),
    jobs: await list('jobs'),
    candidates: await list('candidates'),
    applications: await list('applications'),
    interviews: await list('interviews'),
    stages: await list('application-stages'),
  };
});

type Shown = Record<string, unknown>;

/** A row that the unified API shows, beside what it comes from, and what each field has to hold. */
interface Walk {
  rows: () => { shown: Shown; expected: Shown }[];
  /** Fields that no endpoint shows (kombo-unified-api §2.1, §2.2). */
  hidden?: readonly string[];
}

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const walks: Record<ModelName, Walk> = {
  ats_users: {
    rows: () =>
      pair(gem.users, unified.users, (user) => ({
        first_name: user.first_name,
        last_name: user.last_name,
        email: user.primary_email_address,
        status: user.disabled ? 'INACTIVE' : 'ACTIVE',
        remote_deleted_at: user.deleted_at,
        remote_data: { '/users/': user },
      })),
  },
  ats_jobs: {
    rows: () =>
      pair(gem.jobs, unified.jobs, (job) => {
        const post = newestLivePost(job.id);
        return {
          name: job.name.trim(),
          job_code: job.requisition_id,
          description: post?.content ?? null,
          confidential: job.confidential,
          status: {
            open: 'OPEN',
            closed: 'CLOSED',
            draft: 'DRAFT',
            pending_approval: 'DRAFT',
            approved: 'DRAFT',
          }[job.status],
          department: job.departments[0]?.name ?? null,
          post_url: post ? urlOf(post) : null,
          remote_work_status: job.location_type
            ? { in_office: 'ON_SITE', hybrid: 'HYBRID', remote: 'REMOTE' }[job.location_type]
            : null,
          location: addressOf(job),
          custom_fields: { offices: job.offices, departments: job.departments },
          integration_fields: expect.arrayContaining([
            expect.objectContaining({ key: 'offices', type: 'DEFAULT', value: job.offices }),
            expect.objectContaining({ key: 'departments', type: 'DEFAULT', value: job.departments }),
            ...Object.entries(job.custom_fields).map(([key, value]) =>
              expect.objectContaining({ key, type: 'CUSTOM', value }),
            ),
          ]),
          opened_at: job.opened_at,
          closed_at: job.closed_at,
          remote_created_at: job.created_at,
          remote_updated_at: job.updated_at,
          remote_deleted_at: job.deleted_at,
          remote_data: { '/jobs/': job },
        };
      }),
  },
  ats_job_postings: {
    hidden: ['changed_at', 'remote_deleted_at', 'remote_created_at', 'remote_updated_at'],
    rows: () => {
      const shown = unified.jobs.flatMap((job) =>
        job.job_postings.map((posting) => ({ ...posting, job_id: job.remote_id })),
      );
      return pair(
        gem.job_posts.filter(({ deleted_at }) => deleted_at === null),
        shown,
        (post) => ({
          title: post.title,
          description_html: post.content,
          status:
            post.live && post.active ? 'ACTIVE' : post.first_published_at === null ? 'DRAFT' : 'INACTIVE',
          visibility: post.external ? (post.listed ? 'PUBLIC' : 'UNLISTED') : 'INTERNAL',
          url: urlOf(post),
          job_id: post.job_id,
          remote_data: { '/job_posts/': post },
        }),
      );
    },
  },
  ats_candidates: {
    rows: () =>
      pair(gem.candidates, unified.candidates, (candidate) => ({
        first_name: candidate.first_name,
        last_name: candidate.last_name,
        company: candidate.company,
        title: candidate.title,
        confidential: candidate.is_private,
        source: initialSource(candidate),
        phone_numbers: candidate.phone_numbers.map(({ type, value }) => ({
          phone_number: value,
          type: type.toUpperCase(),
        })),
        email_addresses: candidate.email_addresses
          .filter(({ value }) => /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/.test(value))
          .map(({ type, value }) => ({ email_address: value, type: type.toUpperCase() })),
        social_media: candidate.social_media_addresses.map(({ value }) => ({
          link: value,
          type: value.includes('linkedin.com') ? 'LINKEDIN' : 'GITHUB',
          username: value.split('/').at(-1),
        })),
        custom_fields: {},
        integration_fields: [],
        remote_created_at: candidate.created_at,
        remote_updated_at: candidate.updated_at,
        remote_deleted_at: candidate.deleted_at ?? null,
        remote_data: {
          '/candidates/': {
            ...candidate,
            // A link to a file is as good as a key to it, so it is not passed on.
            attachments: candidate.attachments.map(({ url: _link, ...attachment }) => attachment),
          },
        },
      })),
  },
  ats_application_stages: {
    hidden: ['global_index'],
    rows: () =>
      pair(gem.job_stages, unified.stages, (stage) => ({
        name: stage.name,
        remote_deleted_at: stage.deleted_at ?? null,
        remote_data: { '/job_stages/': stage },
      })),
  },
  ats_applications: {
    rows: () =>
      pair(gem.applications, unified.applications, (application) => ({
        outcome: { active: 'PENDING', rejected: 'DECLINED', hired: 'HIRED' }[application.status],
        rejection_reason_name: application.rejection_reason?.name ?? null,
        rejected_at: application.rejected_at ?? null,
        current_stage_id: application.current_stage
          ? idOf(unified.stages, application.current_stage.id)
          : null,
        job_id: idOf(unified.jobs, application.jobs[0]?.id),
        candidate_id: idOf(unified.candidates, application.candidate_id),
        custom_fields: { source: application.source?.public_name ?? null },
        integration_fields: expect.arrayContaining([
          expect.objectContaining({
            key: 'source',
            type: 'DEFAULT',
            value: application.source?.public_name ?? null,
          }),
          expect.objectContaining({
            key: 'source_id',
            type: 'DEFAULT',
            value: application.source?.id ?? null,
          }),
        ]),
        remote_created_at: application.applied_at,
        remote_updated_at: application.last_activity_at,
        remote_deleted_at: application.deleted_at ?? null,
        remote_data: { '/applications/': application },
      })),
  },
  ats_interviews: {
    rows: () =>
      pair(gem.scheduled_interviews, unified.interviews, (interview) => ({
        title: interview.interview.name,
        starting_at: interview.start.date_time,
        ending_at: interview.end.date_time,
        video_conferencing_url: interview.video_conferencing_url ?? null,
        application_id: idOf(unified.applications, interview.application_id),
        stage_id: idOf(unified.stages, stageOf(interview)?.id),
        canceled:
          interview.interviewers.length === 0
            ? null
            : interview.interviewers.every(({ response_status }) => response_status === 'declined'),
        remote_created_at: interview.created_at,
        remote_updated_at: interview.updated_at,
        remote_deleted_at: interview.deleted_at ?? null,
        remote_data: { '/scheduled_interviews/': interview },
      })),
  },
  ats_join_jobs_application_stages: {
    hidden: ['id', 'changed_at', 'remote_deleted_at'],
    rows: () => {
      const living = gem.job_stages.filter(({ deleted_at }) => !deleted_at);
      return unified.jobs.map((job) => ({
        shown: inOrder(job.stages.map(({ id, index }) => ({ stage_id: id, index, job_id: job.remote_id }))),
        expected: inOrder(
          living
            .filter(({ job_id }) => job_id === job.remote_id)
            .map(({ id, priority }) => ({
              stage_id: idOf(unified.stages, id),
              index: priority,
              job_id: job.remote_id,
            })),
        ),
      }));
    },
  },
  ats_join_jobs_users: {
    hidden: ['id', 'changed_at', 'remote_deleted_at'],
    rows: () =>
      gem.jobs.map((job) => {
        const shown = unified.jobs.find(({ remote_id }) => remote_id === job.id);
        return {
          shown: byUser(
            (shown?.hiring_team ?? []).map(({ id, hiring_team_roles }) => ({
              user_id: id,
              roles: hiring_team_roles.toSorted(),
              job_id: shown?.remote_id,
            })),
          ),
          expected: byUser(
            [...rolesByUser(job)].map(([userId, roles]) => ({
              user_id: idOf(unified.users, userId),
              roles: roles.toSorted(),
              job_id: job.id,
            })),
          ),
        };
      }),
  },
  ats_join_interviews_users: {
    hidden: ['id', 'changed_at', 'remote_deleted_at'],
    rows: () =>
      gem.scheduled_interviews.map((interview) => {
        const shown = unified.interviews.find(({ remote_id }) => remote_id === interview.id);
        return {
          shown: byUser(
            (shown?.users ?? []).map(({ id }) => ({ user_id: id, interview_id: shown?.remote_id })),
          ),
          expected: byUser(
            // A deleted interview takes its team with it (kombo-unified-api §5.3).
            (interview.deleted_at ? [] : interview.interviewers).map(({ id }) => ({
              user_id: idOf(unified.users, id),
              interview_id: interview.id,
            })),
          ),
        };
      }),
  },
};

test('the ten models have 113 fields', () => {
  expect(Object.values(coveredModels).flatMap(({ fields }) => fields)).toHaveLength(113);
});

describe.each(Object.entries(coveredModels))('%s', (name, { fields }) => {
  const { rows, hidden = [] } = walks[name as ModelName];

  test('shows a row for each that Gem has, and no other', () => {
    expect(rows().length).toBeGreaterThan(3);
  });

  test.each(fields.filter((field) => !hidden.includes(field)))('%s', (field) => {
    for (const { shown, expected } of rows()) {
      expect(expected, 'an expectation for this field').toHaveProperty(field);
      expect(shown[field], String(shown['remote_id'] ?? shown['job_id'])).toEqual(expected[field]);
    }
  });
});

/** Pairs rows by their remote id; a row on one side only is an error. */
function pair<Record extends { id: string }>(
  records: readonly Record[],
  rows: readonly { remote_id: string | null }[],
  expectationOf: (record: Record) => Shown,
): { shown: Shown; expected: Shown }[] {
  expect(rows.map(({ remote_id }) => remote_id).toSorted()).toEqual(records.map(({ id }) => id).toSorted());
  return records.map((record) => ({
    shown: { ...rows.find(({ remote_id }) => remote_id === record.id) },
    expected: {
      id: expect.stringMatching(/^[1-9A-HJ-NP-Za-km-z]{24}$/),
      remote_id: record.id,
      changed_at: instant,
      ...expectationOf(record),
    },
  }));
}

function idOf(
  rows: readonly { id: string; remote_id: string | null }[],
  remoteId: string | undefined,
): string {
  const row = rows.find(({ remote_id }) => remote_id === remoteId);
  if (!row) throw new Error(`no row for ${remoteId}`);
  return row.id;
}

function newestLivePost(jobId: string): GemSchemas['JobPost'] | undefined {
  return gem.job_posts
    .filter(
      ({ job_id, live, active, deleted_at }) => job_id === jobId && live && active && deleted_at === null,
    )
    .toSorted((one, other) => publishedAt(one).localeCompare(publishedAt(other)))
    .at(-1);
}

function publishedAt(post: GemSchemas['JobPost']): string {
  return post.first_published_at ?? post.created_at;
}

function urlOf(post: GemSchemas['JobPost']): string | null {
  const isPublic = post.live && post.active && post.external;
  return isPublic ? `https://jobs.gem.com/halden-robotics/${post.id}` : null;
}

const countries: Record<string, string> = {
  Germany: 'DE',
  France: 'FR',
  Japan: 'JP',
  Poland: 'PL',
  'United Kingdom': 'GB',
  'United States': 'US',
};

function addressOf(job: GemSchemas['Job']): unknown {
  const [office] = job.offices;
  if (!office) return null;
  const raw = office.location.name || office.name;
  const country = countries[raw.split(', ').at(-1) ?? ''] ?? null;
  return { city: null, country, raw, state: null, street_1: null, street_2: null, zip_code: null };
}

function initialSource(candidate: GemSchemas['Candidate']): string | null {
  const [initial] = candidate.applications.toSorted((one, other) =>
    `${one.applied_at} ${one.id}`.localeCompare(`${other.applied_at} ${other.id}`),
  );
  return initial?.source?.public_name ?? null;
}

function stageOf(interview: GemSchemas['ScheduledInterview']): GemSchemas['JobStage'] | undefined {
  const item = interview.job_stage_interview_item_id;
  return gem.job_stages.find(({ interviews }) =>
    interviews.some((definition) => definition.job_stage_interview_item_id === item),
  );
}

function rolesByUser(job: GemSchemas['Job']): Map<string, string[]> {
  const roles = new Map<string, string[]>();
  const groups = [
    ['hiring_managers', 'HIRING_MANAGER'],
    ['recruiters', 'RECRUITER'],
    ['coordinators', 'COORDINATOR'],
    ['sourcers', 'SOURCER'],
  ] as const;
  for (const [group, role] of groups) {
    for (const { id } of job.hiring_team[group] ?? []) roles.set(id, [...(roles.get(id) ?? []), role]);
  }
  return roles;
}

/** Turns a list of small rows into one with a list in each field, so that it is compared field by field. */
function columns(rows: readonly Shown[], fields: readonly string[]): Shown {
  return Object.fromEntries(fields.map((field) => [field, rows.map((row) => row[field])]));
}

function inOrder(rows: readonly Shown[]): Shown {
  return columns(
    rows.toSorted((one, other) => Number(one['index']) - Number(other['index'])),
    ['stage_id', 'index', 'job_id'],
  );
}

function byUser(rows: readonly Shown[]): Shown {
  return columns(
    rows.toSorted((one, other) => String(one['user_id']).localeCompare(String(other['user_id']))),
    ['user_id', 'roles', 'job_id', 'interview_id'],
  );
}
