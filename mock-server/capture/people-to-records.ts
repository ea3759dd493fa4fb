// The same for people, and for what they are applied, interviewed and hired by.
import { createHash } from 'node:crypto';
import { isRow, type Row } from './steps.ts';
import {
  atSecond,
  common,
  idOf,
  named,
  onlyRows,
  text,
  textOrNull,
  texts,
  type Draft,
} from './to-records.ts';

/** Candidates (gem-ats-api §3.1). @param inCrm the same person as the CRM tells them, if it does */
export function toCandidate(row: Row, inCrm: Draft | undefined): Draft {
  return {
    ...common(row),
    first_name: text(row['first_name']),
    last_name: text(row['last_name']),
    company: textOrNull(row['company']),
    title: textOrNull(row['title']),
    phone_numbers: onlyRows(row['phone_numbers']),
    email_addresses: onlyRows(row['email_addresses']),
    social_media_addresses: onlyRows(row['social_media_addresses']),
    tags: texts(row['tags']),
    educations: onlyRows(row['educations']),
    employments: onlyRows(row['employments']),
    linked_user_ids: texts(row['linked_user_ids']),
    is_private: row['is_private'] === true,
    updated_at: textOrNull(row['updated_at']) ?? row['created_at'],
    last_activity: textOrNull(row['last_activity']),
    ...(inCrm && { crm: inCrm }),
  };
}

/**
 * What only the CRM knows of a person (gem-ats-api §7); undefined where that is nothing.
 *
 * @param firstAdmin whom the CRM names for those who came by themselves
 */
export function toCrm(row: Row, school: string | null, firstAdmin: string | null): Draft | undefined {
  const values = onlyRows(row['custom_fields']).map((field) => [text(field['id']), field['value']]);
  const due = isRow(row['due_date']) ? row['due_date'] : undefined;
  const creator = textOrNull(row['created_by']);
  const told: Draft = {
    ...(creator !== null && creator !== firstAdmin && { created_by: creator }),
    ...(textOrNull(row['nickname']) !== null && { nickname: row['nickname'] }),
    ...(textOrNull(row['location']) !== null && { location: row['location'] }),
    ...(textOrNull(row['school']) !== school && { school: textOrNull(row['school']) }),
    ...(textOrNull(row['sourced_from']) !== null && { sourced_from: row['sourced_from'] }),
    ...(due && {
      due_date: { date: due['date'], user_id: text(due['user_id']), note: textOrNull(due['note']) },
    }),
    ...(values.length > 0 && { custom_fields: Object.fromEntries(values) }),
  };
  return Object.keys(told).length > 0 ? told : undefined;
}

/**
 * The files of a candidate (gem-ats-api §3.1), of which the ATS tells no id.
 *
 * @param resumes those that the CRM tells of as well, with an id and with who uploaded each
 */
export function toAttachments(
  row: Row,
  resumes: readonly Row[],
  standIn: (filename: string) => { content_type: string; content: string },
): Draft[] {
  const candidate = text(row['id']);
  const left = [...resumes];
  const taken = new Set<string>();
  const attachment = (
    of: { id: string | undefined; user: string | null; file: Row; at: string },
    index: number,
  ): Draft => {
    const filename = text(of.file['filename']);
    const type = text(of.file['type']) || 'resume';
    return {
      id: of.id ?? attachmentId(`${candidate}\n${index}`),
      created_at: of.at,
      deleted_at: null,
      candidate_id: candidate,
      user_id: of.user,
      filename,
      type,
      ...standIn(filename),
    };
  };
  const files = onlyRows(row['attachments']).map((file, index) => {
    const at = text(file['created_at']);
    const found = left.findIndex(
      (resume) => resume['filename'] === file['filename'] && secondOf(at) === resume['created_at'],
    );
    const [resume] = found === -1 ? [] : left.splice(found, 1);
    const id = resume && text(resume['id']);
    if (id !== undefined) taken.add(id);
    return attachment({ id, user: resume ? textOrNull(resume['user_id']) : null, file, at }, index);
  });
  const others = left.filter(({ id, created_at: at }) => typeof at === 'number' && !taken.has(text(id)));
  return [
    ...files,
    ...others.map((resume, index) =>
      attachment(
        {
          id: text(resume['id']),
          user: textOrNull(resume['user_id']),
          file: { ...resume, type: 'resume' },
          at: atSecond(Number(resume['created_at']), index),
        },
        index,
      ),
    ),
  ];
}

/** Applications (gem-ats-api §3.2). */
export function toApplication(row: Row): Draft {
  return {
    id: text(row['id']),
    created_at: text(row['applied_at']),
    deleted_at: textOrNull(row['deleted_at']),
    candidate_id: text(row['candidate_id']),
    job_id: text(onlyRows(row['jobs'])[0]?.['id']),
    job_post_id: textOrNull(row['job_post_id']),
    source_id: idOf(row['source']),
    credited_to: textOrNull(row['credited_to']),
    recruiter_id: idOf(row['recruiter']),
    coordinator_id: idOf(row['coordinator']),
    sourcer_id: idOf(row['sourcer']),
    status: row['status'],
    current_stage_id: idOf(row['current_stage']),
    rejection_reason_id: idOf(row['rejection_reason']),
    rejected_at: textOrNull(row['rejected_at']),
    last_activity_at: textOrNull(row['last_activity_at']) ?? text(row['applied_at']),
    custom_fields: isRow(row['custom_fields']) ? row['custom_fields'] : {},
  };
}

/** Interviews with a time (gem-ats-api §3.7). */
export function toInterview(row: Row): Draft {
  return {
    ...common(row),
    application_id: text(row['application_id']),
    interview: named(row['interview']),
    job_stage_interview_item_id: text(row['job_stage_interview_item_id']),
    external_event_id: textOrNull(row['external_event_id']),
    start: moment(row['start']),
    end: moment(row['end']),
    location: textOrNull(row['location']),
    video_conferencing_url: textOrNull(row['video_conferencing_url']),
    status: row['status'],
    organizer_id: idOf(row['organizer']),
    interviewers: onlyRows(row['interviewers']).map((interviewer) => ({
      user_id: text(interviewer['id']),
      response_status: interviewer['response_status'],
      scorecard_id: textOrNull(interviewer['scorecard_id']),
    })),
    updated_at: textOrNull(row['updated_at']) ?? row['created_at'],
  };
}

/** What interviewers handed in (gem-ats-api §3.8). */
export function toScorecard(row: Row): Draft {
  return {
    ...common(row),
    application_id: text(row['application_id']),
    interview_id: text(row['interview_id']),
    interview: text(row['interview']),
    interview_step: named(row['interview_step']),
    interviewed_at: textOrNull(row['interviewed_at']) ?? row['created_at'],
    interviewer_id: idOf(row['interviewer']) ?? idOf(row['submitted_by']),
    submitted_by_id: idOf(row['submitted_by']) ?? idOf(row['interviewer']),
    submitted_at: textOrNull(row['submitted_at']),
    overall_recommendation: textOrNull(row['overall_recommendation']),
    overall_feedback: textOrNull(row['overall_feedback']),
    questions: onlyRows(row['questions']),
    updated_at: textOrNull(row['updated_at']) ?? row['created_at'],
  };
}

/** Offers (gem-ats-api §3.9). */
export function toOffer(row: Row): Draft {
  return {
    ...common(row),
    application_id: text(row['application_id']),
    opening_id: textOrNull(row['opening_id']),
    status: row['status'],
    sent_at: textOrNull(row['sent_at']),
    starts_at: textOrNull(row['starts_at']),
    compensation: onlyRows(row['compensation']),
    updated_at: textOrNull(row['updated_at']) ?? row['created_at'],
  };
}

/** Notes in the CRM's words (gem-ats-api §7). @param index how many of the person's notes stand before it */
export function toNote(row: Row, index: number): Draft {
  const seconds = row['timestamp'];
  return {
    id: text(row['id']),
    created_at: typeof seconds === 'number' ? atSecond(seconds, index) : null,
    deleted_at: null,
    candidate_id: text(row['candidate_id']),
    user_id: text(row['user_id']),
    body: text(row['content']),
    visibility: row['is_private'] === true ? 'private' : 'public',
  };
}

function moment(value: unknown): string {
  return isRow(value) ? text(value['date_time']) : '';
}

function secondOf(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000);
}

/** An id in the form of Gem's own: the same for the same file. */
function attachmentId(of: string): string {
  const opaque = createHash('sha256').update(of).digest().subarray(0, 16);
  return Buffer.concat([Buffer.from('attachment:'), opaque]).toString('base64url');
}
