import type { RecordTypes, ResourceName } from '../../seeds/index.ts';

/**
 * The fields of a record itself that follow from a change of it: times, and what goes with a status. Fields that were
 * written by hand stay as they were written.
 *
 * @param before what the record was; undefined for a new one
 */
export function derivedFields<Name extends ResourceName>(
  resource: Name,
  before: RecordTypes[Name] | undefined,
  after: RecordTypes[Name],
  now: string,
): Partial<RecordTypes[Name]> {
  const times = Object.fromEntries(
    ['updated_at', 'last_activity', 'last_activity_at']
      .filter((time) => time in after)
      .map((time) => [time, now]),
  );
  const isBack = before !== undefined && before.deleted_at !== null && after.deleted_at === null;
  const record = isBack ? { ...after, ...switchedOn[resource] } : after;
  return {
    // Their names were found in the record.
    ...(times as Partial<RecordTypes[Name]>),
    ...(isBack && switchedOn[resource]),
    ...derivations[resource]?.(before, record, now),
  };
}

/** What else says of a record that came back that it is there. A post is not published again by that alone. */
const switchedOn: { [Name in ResourceName]?: Partial<RecordTypes[Name]> } = {
  users: { disabled: false },
  job_stages: { active: true },
  job_posts: { active: true },
};

type Derivation<Row> = (before: Row | undefined, after: Row, now: string) => Partial<Row>;

const derivations: { [Name in ResourceName]?: Derivation<RecordTypes[Name]> } = {
  jobs: (before, { status, opened_at }, now) => {
    if (before?.status === status) return {};
    if (status === 'closed') return { closed_at: now };
    return { closed_at: null, ...(status === 'open' && { opened_at: opened_at ?? now }) };
  },
  job_posts: (_before, { live, active, first_published_at }, now) => ({
    live: live && active,
    // The first time stays, however often a post is taken off and put up again (gem-ats-api §3.4).
    ...(live && active && { first_published_at: first_published_at ?? now }),
  }),
  applications: (before, { status }, now) => {
    if (before?.status === status) return {};
    if (status === 'rejected') return { rejected_at: now };
    return { rejected_at: null, rejection_reason_id: null };
  },
  openings: (before, { status, opened_at }, now) => {
    if (before?.status === status) return {};
    if (status === 'closed') return { closed_at: now };
    return { closed_at: null, application_id: null, close_reason_id: null, opened_at: opened_at ?? now };
  },
};
