// Promises about single records, by name.
import type { GemSchemas } from '../../../gem.ts';
import { isNode } from '../../../drift/document.ts';
import { evidence, type GemPromises } from '../promise.ts';
import { anonymousId } from '../../../drift/shape.ts';

export default {
  'crm-ids-are-global-ids': {
    statement:
      'the id of a candidate or a user is base64 of a type, a colon and a number, or an imported number',
    evidence: evidence(
      'B',
      "Gem's CRM reference for its own ids; a client decodes those of ATS candidates (gem-ats-api §1.7)",
    ),
    async check(gem, { expect }) {
      for (const list of ['listCandidates', 'listUsers'] as const) {
        const others = gem.records(list).filter(({ id }) => !isGlobal(String(id)));
        if (gem.records(list).length > 0) expect(list, 'ids of another form', 0, others.length);
      }
    },
  },

  'ids-are-strings': {
    statement: 'every id is a text of at most 64 characters',
    evidence: evidence('B', 'typed by a client, dumped by a data vendor (gem-ats-api §1.7)'),
    async check(gem, { expect }) {
      for (const { operation, rows } of gem.lists()) {
        const wrong = rows
          .flatMap((row) => idsIn(row))
          .filter((id) => typeof id !== 'string' || id.length > 64);
        if (rows.length > 0) expect(operation.id, 'ids that are none', 0, wrong.length);
      }
    },
  },

  'living-records-have-null-deleted-at': {
    statement: 'jobs, users, posts and kinds of interviews that live have deleted_at null',
    evidence: evidence('B', 'typed by a client as nullable (gem-ats-api §1.8, §12)'),
    async check(gem, { expect }) {
      for (const list of ['listJobs', 'listUsers', 'listJobPosts'] as const) {
        const wrong = gem.records(list).filter((row) => !('deleted_at' in row));
        if (gem.records(list).length > 0) expect(list, 'records without it', 0, wrong.length);
      }
      const kinds = gem.records('listJobStages').flatMap(({ interviews }) => interviews);
      const wrong = kinds.filter((kind) => !('deleted_at' in kind));
      if (kinds.length > 0) expect('listJobStages', 'kinds of interviews without it', 0, wrong.length);
    },
  },

  'living-records-leave-deleted-at-out': {
    statement:
      'candidates, applications, stages, offices and departments that live have no deleted_at at all',
    evidence: evidence('B', 'recorded offices; typed by a client as optional (gem-ats-api §1.8, §12)'),
    async check(gem, { expect }) {
      for (const { operation, rows } of gem.lists().filter((list) => lists.has(list.operation.id))) {
        const wrong = rows.filter((row) => row['deleted_at'] === null);
        if (rows.length > 0) expect(operation.id, 'records with null', 0, wrong.length);
      }
    },
  },

  'native-ids-name-their-type': {
    statement:
      'the id of a job, a post or an office is unpadded base64 of its type and 16 bytes, or an imported number; a job may have a UUID',
    evidence: evidence('B', 'decoded from recorded answers (gem-ats-api §1.7, §15)'),
    async check(gem, { expect }) {
      for (const [list, type] of types) {
        const { rows } = gem.list(list);
        const others = rows.filter(({ id }) => !isNative(String(id), type) && !isForeign(String(id), type));
        if (rows.length > 0) expect(list, 'ids of another form', 0, others.length);
      }
    },
  },

  'primary-address-is-among-all': {
    statement: "a user's primary e-mail address is among all of their addresses",
    evidence: evidence('C', 'Harvest (gem-ats-api §3.6)'),
    async check(gem, { expect }) {
      for (const { id, emails, primary_email_address: primary } of gem.records('listUsers')) {
        expect(`user ${anonymousId(id)}`, 'among all', true, emails.includes(primary));
      }
    },
  },

  'private-notes-say-so-twice': {
    statement: 'a note is private when its visibility is',
    evidence: evidence('B', 'both fields are typed by a client (gem-ats-api §3.11)'),
    async check(gem, { expect, skip }) {
      skip('no candidate that was read has a note');
      const noted = gem.lists().find((list) => list.operation.id === 'listNotes');
      const candidateId = noted?.rows[0]?.['candidate_id'];
      if (typeof candidateId !== 'string') return;
      const { body } = await gem.call('getActivityFeed', { path: { candidate_id: candidateId } });
      for (const note of (body as GemSchemas['ActivityFeed']).notes) {
        expect(`note ${anonymousId(note.id)}`, 'private', note.visibility === 'private', note.private);
      }
    },
  },

  'questions-under-both-names': {
    statement: 'a question of an interview kit is sent as name and as question, with the same text',
    evidence: evidence('D', 'a client types the one, a data vendor has the other (gem-ats-api §3.5, §12)'),
    async check(gem, { expect, skip }) {
      skip('no interview kit has a question');
      const kinds = gem.records('listJobStages').flatMap(({ interviews }) => interviews);
      const questions = kinds.flatMap(({ interview_kit: kit }) => kit.questions);
      const others = questions.filter(({ name, question }) => name !== question);
      if (questions.length > 0) expect('listJobStages', 'questions with two texts', 0, others.length);
    },
  },
} satisfies GemPromises;

function isGlobal(id: string): boolean {
  return /^\d+$/.test(id) || /^[A-Za-z]+:\d+$/.test(Buffer.from(id, 'base64').toString());
}

/** All values of `id`, `…_id` and `…_ids`, at any depth. Null is an id that is not there. */
function idsIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap((inner) => idsIn(inner));
  if (!isNode(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'custom_fields' || key === 'keyed_custom_fields') return [];
    if (/^(external_event|employee|opening|requisition)_id$/.test(key)) return [];
    if (/(^|_)id$/.test(key)) return inner === null ? [] : [inner];
    if (key.endsWith('_ids')) return Array.isArray(inner) ? inner : [];
    return idsIn(inner);
  });
}

const lists: ReadonlySet<string> = new Set([
  'listCandidates',
  'listApplications',
  'listJobStages',
  'listOffices',
  'listDepartments',
]);

/** The type that stands before the colon of a decoded id. */
const types: readonly [string, string][] = [
  ['listJobs', 'job'],
  ['listJobPosts', 'jobpost'],
  ['listOffices', 'loc'],
];

/** An imported number, or the third form that some jobs have. */
function isForeign(id: string, type: string): boolean {
  return /^\d+$/.test(id) || (type === 'job' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id));
}

function isNative(id: string, type: string): boolean {
  const bytes = Buffer.from(id, 'base64url');
  const prefix = `${type}:`;
  return (
    bytes.toString('base64url') === id &&
    bytes.subarray(0, prefix.length).toString() === prefix &&
    bytes.length === prefix.length + 16
  );
}
