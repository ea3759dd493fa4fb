// Promises about filters and orders, by name.
import type { GemSchemas } from '../../../gem.ts';
import { isSameAnswer } from '../same-answer.ts';
import type { Query } from '../caller.ts';
import { isNode } from '../../../drift/document.ts';
import { expectEnvelope } from '../refusal-checks.ts';
import { expectExact, expectAfter, expectBefore } from '../filter-checks.ts';
import type { Row } from '../lists.ts';
import { agrees, sameWord } from '../outcome.ts';
import { evidence, type GemPromises } from '../promise.ts';

export default {
  'candidate-ids': {
    statement:
      'candidate_ids shows exactly these candidates, in the ATS be they repeated or in one value with commas, and in the CRM',
    evidence: evidence('C', 'array typed by a client; comma form from Harvest (gem-ats-api §2.2, §14 #15)'),
    async check(gem, { expect, skip }) {
      skip('there are not four candidates');
      const list = gem.list('listCandidates');
      const ids = list.rows.slice(1, 4).map(({ id }) => String(id));
      if (ids.length < 3) return;
      const wanted = ids.toSorted().join();
      const withCommas = await list.read({ candidate_ids: ids });
      expect(
        'listCandidates',
        'exactly these with commas',
        true,
        wanted === joinedIds(withCommas),
        list.placeOf('candidate_ids'),
      );
      const search = ids.map((id) => `candidate_ids=${encodeURIComponent(id)}`).join('&');
      const { body } = await gem.send('GET', `${list.operation.path}?${search}`);
      const isExact = Array.isArray(body) && wanted === joinedIds(body as { id: string }[]);
      expect('listCandidates', 'exactly these when repeated', true, isExact, list.placeOf('candidate_ids'));
      const inCrm = await gem.list('listCrmCandidates').read({ candidate_ids: ids });
      expect('listCrmCandidates', 'exactly these', true, wanted === joinedIds(inCrm));
    },
  },

  'created-after': {
    statement: 'created_after shows what was created at that moment or later',
    evidence: evidence('C', 'inclusive as in Harvest (gem-ats-api §1.6)'),
    check: (gem, notes) =>
      expectAfter(gem, notes, {
        parameter: 'created_after',
        of: (row) => row['created_at'] ?? row['applied_at'] ?? row['timestamp'],
      }),
  },

  'created-before': {
    statement: 'created_before shows what was created before that moment',
    evidence: evidence('C', 'exclusive as in Harvest (gem-ats-api §1.6)'),
    check: (gem, notes) =>
      expectBefore(gem, notes, {
        parameter: 'created_before',
        of: (row) => row['created_at'] ?? row['applied_at'] ?? row['timestamp'],
      }),
  },

  'email-filter': {
    statement: 'an e-mail address shows exactly the candidates and users who have it',
    evidence: evidence('B', 'parameters typed by a client (gem-ats-api §1.6, §2.2)'),
    async check(gem, notes) {
      await expectExact(notes, gem.list('listCandidates'), 'email', ({ email_addresses: addresses }) =>
        // As the description has them; otherwise there is nothing to look at.
        (addresses as { value: string }[]).map(({ value }) => value.toLowerCase()),
      );
      await expectExact(notes, gem.list('listUsers'), 'email', ({ emails }) => emails as string[]);
      await expectExact(notes, gem.list('listTeamUsers'), 'email', ({ email }) => [email]);
    },
  },

  'employee-filter': {
    statement: 'employee_id shows exactly the users who have it',
    evidence: evidence('C', 'Harvest (gem-ats-api §2.2)'),
    check: (gem, notes) =>
      expectExact(notes, gem.list('listUsers'), 'employee_id', (row) => [row['employee_id']]),
  },

  'event-filter': {
    statement: 'external_event_id shows exactly the interviews of a calendar event',
    evidence: evidence('B', 'parameter typed by a client (gem-ats-api §2.2)'),
    check: (gem, notes) =>
      expectExact(notes, gem.list('listScheduledInterviews'), 'external_event_id', (row) => [
        row['external_event_id'],
      ]),
  },

  'filters-combine': {
    statement: 'a record has to pass every filter that it is asked for',
    evidence: evidence('B', 'a client combines job and status (gem-ats-api §1.6)'),
    async check(gem, { expect, skip }) {
      skip('no two jobs have applications in two statuses');
      const applications = gem.records('listApplications');
      // Both filters have to leave something out, or one of them could be ignored.
      const one = applications.find(
        ({ jobs, status }) =>
          applications.some((other) => other.jobs[0]?.id === jobs[0]?.id && other.status !== status) &&
          applications.some((other) => other.jobs[0]?.id !== jobs[0]?.id && other.status === status),
      );
      const jobId = one?.jobs[0]?.id;
      if (!one || jobId === undefined) return;
      const { read, pageSize } = gem.list('listApplications');
      const query: Query = { job_id: jobId, status: one.status, [pageSize.name]: pageSize.max };
      // A list gives records of any list; those of this one are candidates of the CRM.
      const found = (await read(query)) as unknown as typeof applications;
      const others = found.filter(({ jobs, status }) => jobs[0]?.id !== jobId || status !== one.status);
      expect('listApplications', 'records that pass only one', 0, others.length);
      expect(
        'listApplications',
        'the record itself',
        true,
        found.some(({ id }) => id === one.id) || found.length === pageSize.max,
      );
    },
  },

  'filters-of-jobs': {
    statement: 'requisition_id, department_id and office_id show exactly the jobs that have them',
    evidence: evidence('B', 'parameters typed by a client (gem-ats-api §2.2)'),
    async check(gem, notes) {
      const jobs = gem.list('listJobs');
      await expectExact(notes, jobs, 'requisition_id', ({ requisition_id: id }) => [id]);
      await expectExact(notes, jobs, 'department_id', ({ departments }) => idsOf(departments));
      await expectExact(notes, jobs, 'office_id', ({ offices }) => idsOf(offices));
    },
  },

  'filters-of-posts': {
    statement: 'live, active and internal show exactly the posts that are so',
    evidence: evidence('B', 'parameters typed by a client; internal as in Harvest (gem-ats-api §2.2)'),
    async check(gem, notes) {
      for (const flag of ['live', 'active', 'internal']) {
        for (const posts of gem.lists({ takes: flag }))
          await expectExact(notes, posts, flag, (row) => [row[flag]]);
      }
    },
  },

  'interviews-by-end': {
    statement:
      'ends_after and ends_before show interviews by their end, the first with the moment itself and the second without',
    evidence: evidence('C', 'parameters typed by a client; bounds as in Harvest (gem-ats-api §1.6, §2.2)'),
    async check(gem, notes) {
      const interviews = { ...gem, lists: () => [gem.list('listScheduledInterviews')] };
      await expectAfter(interviews, notes, { parameter: 'ends_after', of: endOf });
      await expectBefore(interviews, notes, { parameter: 'ends_before', of: endOf });
    },
  },

  'interviews-by-start': {
    statement:
      'starts_after and starts_before show interviews by their start, the first with the moment itself and the second without',
    evidence: evidence('C', 'parameters typed by a client; bounds as in Harvest (gem-ats-api §1.6, §2.2)'),
    async check(gem, notes) {
      const interviews = { ...gem, lists: () => [gem.list('listScheduledInterviews')] };
      await expectAfter(interviews, notes, { parameter: 'starts_after', of: startOf });
      await expectBefore(interviews, notes, { parameter: 'starts_before', of: startOf });
    },
  },

  'job-filter': {
    statement: 'job_id shows exactly the applications to a job, and exactly the candidates who have one',
    evidence: evidence('B', 'used live by a client (gem-ats-api §1.6, §2.2)'),
    async check(gem, notes) {
      await expectExact(notes, gem.list('listApplications'), 'job_id', ({ jobs }) => idsOf(jobs));
      await expectExact(notes, gem.list('listCandidates'), 'job_id', ({ applications }) =>
        // A candidate's applications are as the description has them, or there is nothing to look at.
        (applications as GemSchemas['Application'][]).flatMap(({ jobs }) => idsOf(jobs)),
      );
    },
  },

  'last-activity-after': {
    statement:
      'last_activity_after shows the applications around which something happened at that moment or later',
    evidence: evidence('C', 'polled for hires; inclusive as in Harvest (gem-ats-api §1.6, §9)'),
    check: (gem, notes) =>
      expectAfter(gem, notes, { parameter: 'last_activity_after', of: (row) => row['last_activity_at'] }),
  },

  'linkedin-filter': {
    statement: 'linked_in_handle and created_by show exactly the people of the CRM who have them',
    evidence: evidence('A', "Gem's CRM reference (gem-ats-api §7)"),
    async check(gem, notes) {
      const people = gem.list('listCrmCandidates');
      await expectExact(notes, people, 'linked_in_handle', (row) => [row['linked_in_handle']]);
      await expectExact(notes, people, 'created_by', (row) => [row['created_by']]);
    },
  },

  'part-of-an-email-finds-nobody': {
    statement: 'a part of an e-mail address finds no candidate in the ATS, and does in the CRM',
    evidence: evidence(
      'A',
      "Gem's CRM reference for its own; the ATS filter is exact as used live (gem-ats-api §1.6, §7)",
    ),
    async check(gem, { expect, skip }) {
      skip('no candidate has an e-mail address');
      const address = gem
        .records('listCrmCandidates')
        .flatMap(({ emails }) => emails)
        .map(({ email_address: text }) => text)
        .find((text) => /^[a-z0-9.]{4,}@[a-z0-9.]{4,}$/.test(text));
      if (address === undefined) return;
      const email = address.slice(1);
      expect(
        'listCandidates',
        'records with a part',
        0,
        (await gem.list('listCandidates').read({ email })).length,
      );
      // A list gives records of any list; those of this one are candidates of the CRM.
      const found = (await gem
        .list('listCrmCandidates')
        .read({ email })) as unknown as GemSchemas['CrmCandidate'][];
      expect('listCrmCandidates', 'somebody with a part', true, found.length > 0);
      const others = found.filter(
        ({ emails }) => !emails.some(({ email_address: text }) => text.toLowerCase().includes(email)),
      );
      expect('listCrmCandidates', 'others with a part', 0, others.length);
    },
  },

  'status-filter': {
    statement: 'a status shows exactly the records that stand so',
    evidence: evidence('B', 'used live by clients (gem-ats-api §1.6)'),
    async check(gem, notes) {
      for (const list of gem.lists({ takes: 'status' })) {
        await expectExact(notes, list, 'status', ({ status }) => [status]);
      }
    },
  },

  'too-many-candidate-ids': {
    statement: 'more than 50 candidate_ids are refused with 422 in the ATS, more than 20 in the CRM',
    evidence: evidence(
      'C',
      "Harvest for the ATS; Gem's CRM reference for its own (gem-ats-api §2.2, §14 #15)",
    ),
    async check(gem, notes) {
      for (const [operation, most] of [
        ['listCandidates', 50],
        ['listCrmCandidates', 20],
      ] as const) {
        const ids = Array.from({ length: most + 1 }, (_, index) => String(index + 1));
        const answer = await gem.list(operation).ask({ candidate_ids: ids });
        expectEnvelope(notes, operation, answer, 422, ['query', 'candidate_ids']);
      }
    },
  },

  'unknown-parameters-are-ignored': {
    statement: 'a query parameter that a list does not know is ignored',
    evidence: evidence('C', 'framework default; clients send a limit that is none (gem-ats-api §1.6)'),
    async check(gem, { expect }) {
      for (const { operation, path, ask } of gem.lists()) {
        const answer = await ask({ mock_gem_unknown: '1', limit: 1 });
        if (!expect(operation.id, 'status', 200, answer.status)) continue;
        const isAlike = await isSameAnswer(answer, ask, () => gem.call(operation.id, { path }));
        expect(operation.id, 'body', sameWord, agrees(isAlike));
      }
    },
  },

  'updated-after': {
    statement: 'updated_after shows what was changed at that moment or later',
    evidence: evidence('C', 'inclusive as in Harvest (gem-ats-api §1.6)'),
    check: (gem, notes) =>
      expectAfter(gem, notes, {
        parameter: 'updated_after',
        of: (row) => row['updated_at'] ?? row['last_updated_at'],
      }),
  },

  'updated-before': {
    statement: 'updated_before shows what was last changed before that moment',
    evidence: evidence('C', 'exclusive as in Harvest (gem-ats-api §1.6)'),
    check: (gem, notes) =>
      expectBefore(gem, notes, {
        parameter: 'updated_before',
        of: (row) => row['updated_at'] ?? row['last_updated_at'],
      }),
  },
} satisfies GemPromises;

function joinedIds(rows: readonly { readonly id?: unknown }[]): string {
  return rows
    .map(({ id }) => String(id))
    .toSorted()
    .join();
}

function endOf({ end: time }: Row): unknown {
  return isNode(time) ? time['date_time'] : undefined;
}

function startOf({ start: time }: Row): unknown {
  return isNode(time) ? time['date_time'] : undefined;
}

function idsOf(list: unknown): string[] {
  return (list as { id: string }[]).map(({ id }) => id);
}
