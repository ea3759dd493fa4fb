// What derivations make of other rows (`sync/derivations.ts`): which rows decided, and by which of their columns.
import { sql } from 'kysely';
import { choosePosting, type PostingToChoose } from '../policy/posting-text.ts';
import type { Database } from '../store/schema.ts';
import type { Origin } from './items.ts';
import { type Note, noted } from './noted.ts';

/** What decided a derived value, and what else there is to say. */
export interface Derived {
  origins: Origin[];
  note: string;
  /** Why it is empty, if it is. */
  empty: string;
  /**
   * What it would be, were its origins as they are now.
   *
   * @param now the value of an origin; undefined where it is not known
   * @returns undefined where that cannot be told of these rows alone
   */
  again(now: (origin: Origin) => unknown): unknown;
}

/** Whether a column is filled from other rows. */
export function isDerived({ model, column }: Pick<Origin, 'model' | 'column'>): boolean {
  return (
    (model === 'ats_jobs' && (column === 'description' || column === 'post_url')) ||
    (model === 'ats_interviews' && column === 'stage_id')
  );
}

/** Follows a derived column to the columns of records that it comes from. */
export function follow(database: Database, origin: Origin, integrationId: string): Promise<Derived> {
  return origin.model === 'ats_jobs'
    ? followPosting(database, origin)
    : followStage(database, origin, integrationId);
}

/** A job's text is that of the posting that is chosen among its postings. */
async function followPosting(database: Database, { id, column }: Origin): Promise<Derived> {
  const { rows } = await sql<PostingToChoose>`
    select id, is_live and remote_deleted_at is null as is_live,
      instant(first_published_at) as first_published_at, instant(remote_created_at) as remote_created_at
    from ats_job_postings where job_id = ${id} order by number
  `.execute(database);
  const origins: Origin[] = [];
  const note: Note = ([index, name]) => {
    const posting = rows[Number(index)]?.id;
    if (posting === undefined || typeof name !== 'string') return;
    origins.push(originOf('ats_job_postings', posting, name));
    if (name === 'is_live') origins.push(originOf('ats_job_postings', posting, 'remote_deleted_at'));
  };
  const chosen = choosePosting(noted(rows, [], note));
  const text = column === 'description' ? 'description_html' : 'url';
  const named = rows.map((posting) => originOf('ats_job_postings', posting.id, 'job_id'));
  const first = chosen ? [originOf('ats_job_postings', chosen.id, text)] : [];
  return {
    origins: [...first, ...origins, ...named],
    note: `It is that of the posting which is chosen among the job's ${rows.length}, and another posting can take its place.`,
    empty: chosen
      ? 'The posting that is chosen has none.'
      : 'The job has no posting that is live and active.',
    again(now) {
      const nowOf = (posting: string, name: string) => now(originOf('ats_job_postings', posting, name));
      const still = rows.filter((posting) => {
        const job = nowOf(posting.id, 'job_id');
        return job === undefined || job === id;
      });
      const known = still.map((posting) => {
        const isLive = nowOf(posting.id, 'is_live');
        const isGone = (nowOf(posting.id, 'remote_deleted_at') ?? null) !== null;
        return {
          id: posting.id,
          is_live: isLive === undefined ? posting.is_live : isLive === true && !isGone,
          first_published_at: textOf(nowOf(posting.id, 'first_published_at'), posting.first_published_at),
          remote_created_at: textOf(nowOf(posting.id, 'remote_created_at'), posting.remote_created_at),
        };
      });
      const next = choosePosting(known);
      return next ? nowOf(next.id, text) : null;
    },
  };
}

/** An interview's stage is the one that has the place which it fills, or else the current stage of its application. */
async function followStage(
  database: Database,
  { id, record }: Origin,
  integrationId: string,
): Promise<Derived> {
  const { rows } = await sql<{ stage: string | null; application: string | null; place: string | null }>`
    select stage.id as stage, application.id as application, interview.interview_item_id as place
    from ats_interviews as interview
      left join ats_applications as application on application.id = interview.application_id
      left join lateral (
        select stage.id, stage.remote_deleted_at, stage.number from ats_application_stages as stage
        where stage.integration_id = ${integrationId}
          and stage.interview_item_ids @> to_jsonb(array[interview.interview_item_id])
      ) as stage on true
    where interview.id = ${id}
    order by stage.remote_deleted_at is not null, stage.number
    limit 1
  `.execute(database);
  const [{ stage, application } = { stage: null, application: null }] = rows;
  const own: Origin = { model: 'ats_interviews', id, column: 'interview_item_id', record };
  if (stage !== null) {
    const [holds, named] = [
      originOf('ats_application_stages', stage, 'interview_item_ids'),
      originOf('ats_application_stages', stage, 'id'),
    ];
    return {
      origins: [named, own, holds],
      note: 'It is the stage that has the place which the interview fills.',
      empty: '',
      again(now) {
        const [places, place] = [now(holds), now(own)];
        const isHeld = Array.isArray(places) && places.includes(place);
        return isHeld ? now(named) : undefined;
      },
    };
  }
  const ofApplication =
    application === null ? [] : [originOf('ats_applications', application, 'current_stage_id')];
  const isFor: Origin = { model: 'ats_interviews', id, column: 'application_id', record };
  return {
    origins: [own, isFor, ...ofApplication],
    note: 'No stage has the place which the interview fills, so it is the current stage of the application.',
    empty: 'No stage has the place which the interview fills, and the application is in none.',
    again: (now) => (ofApplication[0] ? now(ofApplication[0]) : undefined),
  };
}

/** A moment as it is now, null included; as it was where that is not known. */
function textOf(now: unknown, before: string | null): string | null {
  return now === undefined ? before : typeof now === 'string' ? now : null;
}

/** A column of a row that is a whole record. */
function originOf(model: Origin['model'], id: string, column: string): Origin {
  return { model, id, column, record: { model, id } };
}
