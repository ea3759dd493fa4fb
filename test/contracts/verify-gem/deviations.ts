// Deviations of a server, each with the promises that it breaks.
import type { Deviation, Reply } from './support.ts';

/** One deviation, and exactly the entries that it breaks. */
export interface Seeded extends Deviation {
  name: string;
  breaks: readonly string[];
  /** Whether it only shows when something is written. */
  writes?: true;
}

export const deviations: readonly Seeded[] = [
  {
    name: 'a field is missing',
    breaks: ['Job.requisition_id'],
    answer: onRecords('/ats/v0/jobs', ({ requisition_id: _gone, ...job }) => job),
  },
  {
    name: 'a field is there that is not described',
    breaks: ['User'],
    answer: onRecords('/ats/v0/users', (user) => sorted({ ...user, nickname: 'x' })),
  },
  {
    name: 'a number comes as a text',
    breaks: ['JobStage'],
    answer: onRecords(/^\/ats\/v0\/(job_stages|jobs\/[^/]+\/stages)/, (stage) => ({
      ...stage,
      priority: `${stage['priority']}`,
    })),
  },
  {
    name: 'an enumeration has another word',
    breaks: ['FileType'],
    answer: onRecords('/ats/v0/candidates', (candidate) => ({
      ...candidate,
      attachments: (candidate['attachments'] as object[]).map((file) =>
        Object.assign(file, { type: 'curriculum' }),
      ),
    })),
  },
  {
    name: 'a list is not there',
    breaks: ['listSources'],
    answer: (reply, { url }) =>
      url.pathname.startsWith('/ats/v0/sources') ? problem(404, 'Not Found') : reply,
  },
  {
    name: 'an unknown id is a bad request',
    breaks: ['unknown-id-is-not-found'],
    answer: (reply, { url }) =>
      url.pathname.endsWith('/bm9ib2R5') && reply.status === 404 && !url.pathname.includes('board')
        ? problem(400, 'Bad Request')
        : reply,
  },
  {
    name: 'later pages begin one record late',
    breaks: ['pages-follow-one-another'],
    answer: paged('/ats/v0/candidates/', (rows, page, size) =>
      rows.slice((page - 1) * size + (page > 1 ? 1 : 0)).slice(0, size),
    ),
  },
  {
    name: 'a page past the end is not found',
    breaks: ['page-past-the-end'],
    answer: (reply, { url }) =>
      url.searchParams.get('page') === '1000000' && url.pathname.startsWith('/ats/v0/offices')
        ? problem(404, 'Not Found')
        : reply,
  },
  {
    name: 'the newest record comes first',
    breaks: ['oldest-first'],
    answer: paged('/ats/v0/applications/', (rows, page, size) =>
      rows.toReversed().slice((page - 1) * size, page * size),
    ),
  },
  {
    name: 'a page holds 20 records by default',
    breaks: ['page-size-by-default'],
    ask: ({ url }) => {
      if (url.pathname.startsWith('/ats/') && !url.searchParams.has('per_page'))
        url.searchParams.set('per_page', '20');
    },
  },
  {
    name: 'a page size that is too large is cut down',
    breaks: ['page-size-out-of-range'],
    ask: ({ url }) => {
      if (Number(url.searchParams.get('per_page')) > 500) url.searchParams.set('per_page', '500');
    },
  },
  {
    name: 'keys are in no order',
    breaks: ['keys-in-alphabetical-order'],
    answer: onRecords('/ats/v0/offices', (office) => Object.fromEntries(Object.entries(office).toReversed())),
  },
  {
    name: 'instants come without milliseconds',
    breaks: ['timestamps-in-milliseconds'],
    answer: (reply, { url }) =>
      url.pathname.startsWith('/ats/v0/openings')
        ? reply
        : { ...reply, body: withoutMilliseconds(reply.body) },
  },
  {
    name: 'a status is not looked at',
    breaks: ['filters-combine', 'status-filter'],
    ask: ({ url }) => {
      if (['active', 'hired', 'rejected'].includes(url.searchParams.get('status') ?? ''))
        url.searchParams.delete('status');
    },
  },
  {
    name: 'updated_after leaves the moment itself out',
    breaks: ['updated-after'],
    answer: (reply, { url }) => {
      const moment = url.searchParams.get('updated_after');
      if (moment === null || !Array.isArray(reply.body)) return reply;
      const rows = reply.body as Record<string, unknown>[];
      return { ...reply, body: rows.filter(({ updated_at: at }) => at !== moment) };
    },
  },
  {
    name: 'created_before takes the moment itself in',
    breaks: ['created-before'],
    ask: ({ url }) => {
      const moment = Date.parse(url.searchParams.get('created_before') ?? '');
      if (!Number.isNaN(moment)) url.searchParams.set('created_before', new Date(moment + 1).toISOString());
    },
  },
  {
    name: 'deleted records are shown to everybody',
    breaks: ['deleted-records-are-left-out'],
    ask: ({ url }) => {
      if (/^\/ats\/v0\/candidates\/?$/.test(url.pathname) && !url.searchParams.has('include_deleted'))
        url.searchParams.set('include_deleted', 'true');
    },
  },
  {
    name: 'the path without its last slash is redirected',
    breaks: ['both-slash-forms'],
    ask: ({ method, url }) =>
      method === 'GET' && /^\/ats\/v0\/[a-z_]+$/.test(url.pathname)
        ? { status: 308, headers: { location: `${url.pathname}/` }, body: undefined }
        : undefined,
  },
  {
    name: 'a request without a key is unauthorized',
    breaks: ['no-key-is-forbidden'],
    ask: ({ url, headers }) =>
      headers['x-api-key'] === undefined && !url.pathname.startsWith('/job_board')
        ? problem(401, 'Unauthorized')
        : undefined,
  },
  {
    name: 'answers tell of the rate limit',
    breaks: ['no-rate-limit-headers'],
    answer: (reply) => ({ ...reply, headers: { ...reply.headers, 'X-RateLimit-Remaining': '19' } }),
  },
  {
    name: 'lists of the ATS do not tell the page',
    breaks: ['ats-lists-tell-the-page'],
    answer: (reply, { url }) =>
      url.pathname.startsWith('/ats/')
        ? { ...reply, headers: { 'content-type': 'application/json' } }
        : reply,
  },
  {
    name: 'an application inside a candidate says something else',
    breaks: ['nested-applications-equal-the-list'],
    answer: onRecords('/ats/v0/candidates', (candidate) => ({
      ...candidate,
      applications: (candidate['applications'] as object[]).map((one) =>
        Object.assign(one, { credited_to: 'VXNlcjo5' }),
      ),
    })),
  },
  {
    name: 'an unknown field of a body is ignored',
    breaks: ['unknown-body-fields-are-refused'],
    writes: true,
    ask: (asked) => {
      if (asked.body.includes('mock_gem_unknown')) asked.body = Buffer.from('{}');
    },
  },
  {
    name: 'the path of a move is another',
    breaks: [
      'missing-body-fields-are-named',
      'move-stays-within-the-job',
      'move-to-a-stage',
      'stale-stage-is-refused',
      'unknown-body-fields-are-refused',
    ],
    writes: true,
    ask: ({ url }) => (url.pathname.endsWith('/move') ? problem(404, 'Not Found') : undefined),
  },
  {
    name: 'an uploaded résumé is kept under another type',
    // Files that were there before differ from those in the list as well.
    breaks: ['items-equal-their-rows', 'uploaded-resumes'],
    writes: true,
    answer: onRecords(/^\/ats\/v0\/candidates\/[^/]+$/, (candidate) => ({
      ...candidate,
      attachments: (candidate['attachments'] as object[]).map((file) =>
        Object.assign(file, { type: 'other' }),
      ),
    })),
  },
];

type Row = { readonly [field: string]: unknown };

/** Changes each record of the answers below a path: those of a list, or the one by itself. */
function onRecords(
  below: string | RegExp,
  change: (record: Row) => object,
): NonNullable<Deviation['answer']> {
  return (reply, { url }) => {
    const isMeant =
      typeof below === 'string'
        ? url.pathname.startsWith(below) && !/\/[^/]+\/[^/]+\/?$/.test(url.pathname.slice(below.length))
        : below.test(url.pathname);
    if (!isMeant || reply.status !== 200) return reply;
    const { body } = reply;
    return {
      ...reply,
      body: Array.isArray(body) ? body.map((one: Row) => change(one)) : change(body as Row),
    };
  };
}

/** Cuts the pages of a list anew, out of all of its records. */
function paged(
  path: string,
  cut: (rows: Row[], page: number, size: number) => Row[],
): NonNullable<Deviation['answer']> {
  return async (reply, { url, method }, askGem) => {
    if (method !== 'GET' || `${url.pathname.replace(/\/$/, '')}/` !== path || reply.status !== 200)
      return reply;
    const page = Number(url.searchParams.get('page') ?? 1);
    const size = Number(url.searchParams.get('per_page') ?? 100);
    const whole = new URL(url);
    whole.searchParams.set('page', '1');
    whole.searchParams.set('per_page', '500');
    const { body } = await askGem(whole.pathname + whole.search);
    return { ...reply, body: cut(body as Row[], page, size) };
  };
}

function sorted(record: object): object {
  return Object.fromEntries(Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function withoutMilliseconds(body: unknown): unknown {
  const text = JSON.stringify(body)?.replaceAll(/(T\d\d:\d\d:\d\d)\.\d{3}Z"/g, '$1Z"');
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

function problem(code: number, status: string): Reply {
  return { status: code, headers: { 'content-type': 'application/json' }, body: { code, status } };
}
