// Promises about pages of lists, by name.
import { expectEnvelope } from '../refusal-checks.ts';
import { evidence, type GemPromises } from '../promise.ts';
import { literal, shape, type SafeValue } from '../../../drift/shape.ts';
import type { Answer } from '../../../drift/seen.ts';
import { rowsOf, type List } from '../lists.ts';
import type { Notes } from '../outcome.ts';
import type { Subject } from '../subject.ts';
import { isNode, type DocumentNode } from '../../../drift/document.ts';

export default {
  'ats-lists-tell-the-page': {
    statement: 'lists of the ATS say in X-Pagination where the page stands',
    evidence: evidence('D', "the CRM's header, not seen on the ATS (gem-ats-api §1.5, §14 #6)"),
    place: '/components/headers/AtsPagination',
    async check(gem, notes) {
      for (const list of gem.lists({ api: 'ats' })) await expectPageHeader(gem, notes, list);
    },
  },

  'crm-lists-tell-the-page': {
    statement: 'lists of the CRM say in X-Pagination where the page stands',
    evidence: evidence('A', "Gem's CRM reference (gem-ats-api §1.5)"),
    place: '/components/headers/CrmPagination',
    async check(gem, notes) {
      for (const list of gem.lists({ api: 'crm' })) await expectPageHeader(gem, notes, list);
    },
  },

  'crm-sort': {
    statement: 'lists of the CRM come oldest first with sort=asc and newest first with sort=desc',
    evidence: evidence('A', "Gem's CRM reference (gem-ats-api §1.5)"),
    async check(gem, { expect, unseen }) {
      for (const { operation, createdField, rows, read, placeOf } of gem.lists({ takes: 'sort' })) {
        if (createdField === undefined || !differ(rows, createdField)) {
          unseen(operation.id, 'no two records differ in age');
          continue;
        }
        for (const [sort, sign] of [
          ['asc', 1],
          ['desc', -1],
        ] as const) {
          const times = (await read({ sort })).map((row) => Number(row[createdField]) * sign);
          const wrong = times.filter((time, index) => index > 0 && time < (times[index - 1] ?? 0)).length;
          expect(operation.id, `records out of order with sort=${sort}`, 0, wrong, placeOf('sort'));
        }
      }
    },
  },

  'largest-page-size': {
    statement: 'a page of 500 records in the ATS, and of 100 in the CRM, can be asked for and is as long',
    evidence: evidence('B', "used live by clients; Gem's CRM reference for its own (gem-ats-api §1.5)"),
    async check(gem, { expect, unseen }) {
      for (const { operation, api, pageSize, ask } of gem.lists()) {
        if (api === 'board') continue;
        const answer = await ask({ [pageSize.name]: pageSize.max });
        if (!expect(operation.id, `status with ${pageSize.max}`, 200, answer.status)) continue;
        const shown = rowsOf(operation.id, answer).length;
        if (shown <= pageSize.default)
          unseen(operation.id, `it has no more than ${pageSize.default} records`);
        if (shown === 0 || shown === pageSize.max) continue;
        // A page that is cut short without a word leaves something for the next one of its length.
        const rest = rowsOf(operation.id, await ask({ page: 2, [pageSize.name]: shown })).length;
        expect(operation.id, `records left out of a page of ${pageSize.max}`, 0, rest);
      }
    },
  },

  'no-link-header': {
    statement: 'lists come without a Link header',
    evidence: evidence('D', 'no evidence of it, though the lineage has one (gem-ats-api §1.5)'),
    async check(gem, { expect }) {
      expect('all answers', 'a Link header', false, gem.seen.headers.has('link'));
    },
  },

  'oldest-first': {
    statement: 'lists show the record first that was created first',
    evidence: evidence('D', 'nothing is documented for the ATS (gem-ats-api §1.5, §14 #24)'),
    async check(gem, { expect, unseen }) {
      for (const { operation, rows, createdField } of gem.lists({ takes: 'page' })) {
        // The default order of the CRM's candidates is not known.
        if (operation.id === 'listCrmCandidates') continue;
        if (createdField === undefined || !differ(rows, createdField)) {
          unseen(operation.id, 'no two records differ in age');
          continue;
        }
        const times = rows.map((row) => row[createdField]);
        // Instants of one form, and seconds, both compare as they are.
        const steps = times.filter((time, index) => index > 0 && before(time, times[index - 1]));
        expect(operation.id, 'records before an older one', 0, steps.length);
      }
    },
  },

  'page-below-one': {
    statement: 'a page number below 1 is refused with 422',
    evidence: evidence('C', "Gem's CRM reference for its own; framework default (gem-ats-api §1.5)"),
    async check(gem, notes) {
      for (const { operation, api, ask } of gem.lists()) {
        if (api !== 'board')
          expectEnvelope(notes, operation.id, await ask({ page: 0 }), 422, ['query', 'page']);
      }
    },
  },

  'page-past-the-end': {
    statement: 'a page past the end is answered with 200 and an empty list',
    evidence: evidence('B', 'two clients count on it (gem-ats-api §1.5)'),
    async check(gem, { expect }) {
      for (const { operation, api, ask } of gem.lists()) {
        if (api === 'board') continue;
        const { status, body } = await ask({ page: 1_000_000 });
        if (expect(operation.id, 'status', 200, status))
          expect(operation.id, 'body', literal('list of 0'), shape(body));
      }
    },
  },

  'page-size-by-default': {
    statement: 'a page holds 100 records in the ATS, and 20 in the CRM, when nothing is said',
    evidence: evidence('B', "typed by a client; Gem's CRM reference for its own (gem-ats-api §1.5)"),
    async check(gem, notes) {
      const judged = new Set<string>();
      for (const { operation, api, pageSize, read } of gem.lists()) {
        if (api === 'board') continue;
        const [byDefault, atMost] = [
          (await read()).length,
          (await read({ [pageSize.name]: pageSize.max })).length,
        ];
        if (atMost > pageSize.default) judged.add(api);
        // A list that is shorter than a page can only show that pages are not smaller.
        notes.expect(operation.id, 'records', Math.min(pageSize.default, atMost), byDefault);
      }
      const open = ['ats', 'crm'].filter((api) => !judged.has(api)).map((api) => api.toUpperCase());
      if (open.length > 0) notes.remark(`no list of the ${open.join(' and the ')} is longer than a page`);
    },
  },

  'page-size-is-honoured': {
    statement: 'a page holds as many records as were asked for, as long as there are so many',
    evidence: evidence('B', 'used live by clients (gem-ats-api §1.5)'),
    async check(gem, { expect }) {
      for (const { operation, api, rows, pageSize, read, placeOf } of gem.lists()) {
        if (api === 'board' || rows.length < 2) continue;
        for (const asked of [1, 2]) {
          const page = await read({ [pageSize.name]: asked });
          expect(
            operation.id,
            `records with ${pageSize.name}=${asked}`,
            asked,
            page.length,
            placeOf(pageSize.name),
          );
        }
      }
    },
  },

  'page-size-out-of-range': {
    statement: 'a page size below 1, or above 500 in the ATS and 100 in the CRM, is refused with 422',
    evidence: evidence('C', "Gem's CRM reference for its own; framework default (gem-ats-api §1.5)"),
    async check(gem, notes) {
      for (const { operation, api, pageSize, ask } of gem.lists()) {
        if (api === 'board') continue;
        for (const asked of [0, pageSize.max + 1]) {
          const answer = await ask({ [pageSize.name]: asked });
          expectEnvelope(notes, `${operation.id} with ${asked}`, answer, 422, ['query', pageSize.name]);
        }
      }
    },
  },

  'pages-follow-one-another': {
    statement: 'pages are counted from 1, follow one another, and neither overlap nor leave a record out',
    evidence: evidence('B', 'three clients read all pages of a list (gem-ats-api §1.5)'),
    async check(gem, { expect, skip }) {
      skip('no list has three records');
      for (const { operation, api, rows, pageSize, read } of gem.lists()) {
        if (api === 'board' || rows.length < 3) continue;
        const length = Math.max(1, Math.min(5, Math.floor(rows.length / 3)));
        const whole = ids(await read({ [pageSize.name]: length * 3 }));
        const pages: unknown[] = [];
        for (const page of [1, 2, 3]) pages.push(...ids(await read({ page, [pageSize.name]: length })));
        const inPlace = whole.filter((id, index) => pages[index] === id).length;
        expect(operation.id, 'records in their place on three pages', whole.length, inPlace);
        expect(operation.id, 'records on three pages', whole.length, pages.length);
      }
    },
  },

  'records-are-shown-once': {
    statement: 'a list shows no record twice',
    evidence: evidence('B', 'clients keep records by their id (gem-ats-api §1.5)'),
    async check(gem, { expect }) {
      for (const { operation, rows } of gem.lists()) {
        const twice = rows.length - new Set(ids(rows)).size;
        if (rows.length > 0) expect(operation.id, 'records that came before', 0, twice);
      }
    },
  },

  'skip-count': {
    statement: 'with skip_count nothing is counted, and X-Pagination is not sent',
    evidence: evidence('C', 'Harvest leaves out what needs a count (gem-ats-api §2.2)'),
    place: '/components/parameters/SkipCount',
    async check(gem, { expect, skip }) {
      skip('no list sends X-Pagination');
      for (const { operation, ask } of gem.lists({ takes: 'skip_count' })) {
        if (!pageHeader(await ask())) continue;
        const answer = await ask({ skip_count: 'true' });
        expect(operation.id, 'status', 200, answer.status);
        expect(operation.id, 'X-Pagination', false, pageHeader(answer) !== undefined);
      }
    },
  },

  'what-page-headers-leave-out': {
    statement: 'X-Pagination has no previous page on the first one, and past the end no page at all',
    evidence: evidence('C', 'framework default (gem-ats-api §1.5)'),
    async check(gem, { expect }) {
      for (const { operation, api, rows, ask } of gem.lists()) {
        const first = api === 'board' || rows.length === 0 ? undefined : pageHeader(await ask());
        if (!first) continue;
        expect(operation.id, 'previous_page on the first page', false, 'previous_page' in first);
        const past = pageHeader(await ask({ page: 1_000_000 }));
        for (const name of ['page', 'previous_page', 'next_page']) {
          expect(operation.id, `${name} past the end`, false, past !== undefined && name in past);
        }
      }
    },
  },
} satisfies GemPromises;

function differ(rows: List['rows'], field: string): boolean {
  return new Set(rows.map((row) => row[field])).size > 1;
}

function before(time: unknown, other: unknown): boolean {
  if (typeof time === 'number' && typeof other === 'number') return time < other;
  return Date.parse(String(time)) < Date.parse(String(other));
}

function ids(rows: readonly Readonly<Record<string, unknown>>[]): unknown[] {
  return rows.map(({ id }) => id);
}

/** What `X-Pagination` says; undefined where it is missing or no JSON object. */
function pageHeader({ headers }: Answer): DocumentNode | undefined {
  try {
    const read: unknown = JSON.parse(headers.get('x-pagination') ?? '');
    return isNode(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** Notes whether a list says on each page where it stands (gem-ats-api §1.5). */
async function expectPageHeader(gem: Subject, notes: Notes, list: List): Promise<void> {
  const { operation, path, pageSize, ask, rows } = list;
  if (rows.length === 0) return notes.unseen(operation.id, 'it is empty');
  if (rows.length < 3) notes.unseen(`later pages of ${operation.id}`, 'it has no three records');
  const single = { page: 1, [pageSize.name]: 1 };
  const header = pageHeader(await ask(single));
  if (!notes.expect(operation.id, 'X-Pagination', true, header !== undefined) || !header) return;
  const total = Number(header['total']);
  notes.expect(operation.id, 'total is at least what was seen', true, total >= rows.length);
  const whole = await ask({ page: 1, [pageSize.name]: pageSize.max });
  const seen = rowsOf(operation.id, whole).length;
  if (seen < pageSize.max) notes.expect(operation.id, 'total', seen, total);
  // Later pages count no differently, and the last one says that none follows.
  const pages = [
    [1, 1],
    [1, 2],
    [1, pageSize.max],
    ...[
      [2, 1],
      [3, 1],
      [total, 1],
      [2, 2],
    ].filter(([page = 0, size = 0]) => page * size <= total),
  ] as [number, number][];
  const told: (DocumentNode | undefined)[] = [];
  for (const [page, size] of pages) told.push(pageHeader(await ask({ page, [pageSize.name]: size })));
  const after = pageHeader(await gem.call(operation.id, { path, query: single }));
  if (after?.['total'] !== header['total']) return notes.unseen(operation.id, 'it changed while it was read');
  for (const [index, [page, size]] of pages.entries()) {
    const last = Math.ceil(total / size);
    const wanted = {
      total,
      total_pages: last,
      first_page: 1,
      last_page: last,
      page,
      previous_page: page === 1 ? undefined : page - 1,
      next_page: page >= last ? undefined : page + 1,
    };
    const about = `${operation.id}, page ${page} of ${size}`;
    for (const [name, expected] of Object.entries(wanted))
      notes.expect(about, name, expected ?? shape(undefined), number(told[index]?.[name]));
  }
}

function number(value: unknown): SafeValue {
  return typeof value === 'number' ? value : shape(value);
}
