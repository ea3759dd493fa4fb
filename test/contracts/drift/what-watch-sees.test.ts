// What looking on tells of single exchanges, and what it rightly does not tell.
import { expect, test } from 'vitest';
import { Watch, type Exchange } from '../../../contracts/harness/gem/watch/watch.ts';
import { candidateRecord, oneOfEach } from '../../support/gem-records.ts';

interface Sent {
  method?: string;
  target: string;
  body?: unknown;
  status?: number;
  headers?: Record<string, string>;
  answer?: unknown;
}

/** A list of the ATS that is as described. */
const pages = { 'content-type': 'application/json', 'x-pagination': '{"total":1}' };

function exchangeOf({
  method = 'GET',
  target,
  body,
  status = 200,
  headers = pages,
  answer = [],
}: Sent): Exchange {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  const told = typeof answer === 'string' ? undefined : answer;
  return {
    method,
    target,
    headers: {},
    body,
    answer: { status, headers: new Headers(headers), text, body: told },
  };
}

/** Looks at some exchanges. */
function see(...sent: Sent[]): { lines: string[]; watch: Watch } {
  const watch = new Watch({ subject: 'https://api.gem.com', now: () => 0, onFinding: () => {} });
  for (const one of sent) watch.add(exchangeOf(one));
  return {
    watch,
    lines: watch.findings.map(
      ({ operation, about, what, expected, got }) => `${operation} ${about}: ${what}: ${expected}, ${got}`,
    ),
  };
}

const { listJobs } = oneOfEach();
const [job] = listJobs as Record<string, unknown>[];
const older = { ...job, id: 'older', created_at: '2019-01-01T00:00:00.000Z' };
const path = '/ats/v0/candidates/a';
const candidate = inOrder({ ...candidateRecord('a'), title: 'Engineer' });

function inOrder(record: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

const crm = {
  candidates: '/v0/candidates',
  json: { 'content-type': 'application/json' },
  person: (id: string, created_at: number) => ({ created_at, id }),
};

test.each<[string, Sent[], string[]]>([
  [
    'answers that are JSON under another name',
    [{ target: '/ats/v0/offices/', headers: { ...pages, 'content-type': 'text/html' } }],
    ['listOffices behaviour: answers-are-json: answers of another type: 0, more'],
  ],
  [
    'an older record behind a newer one',
    [{ target: '/ats/v0/jobs/', answer: [job, older] }],
    ['listJobs behaviour: oldest-first: records before an older one: 0, more'],
  ],
  [
    'moments without a fraction',
    [{ target: '/ats/v0/jobs/', answer: [{ ...job, updated_at: '2026-03-01T09:00:00Z' }] }],
    ['listJobs behaviour: timestamps-in-milliseconds: instants in another form: 0, more'],
  ],
  [
    'a field of another type that the description refuses, and Gem takes',
    [{ method: 'PATCH', target: path, body: { title: 5 }, answer: inOrder({ ...candidate, title: 5 }) }],
    [
      'updateCandidate request: title: string or null, number, and it was taken',
      'updateCandidate answer: title: string or null, number',
    ],
  ],
  [
    'a known parameter of another form that Gem takes',
    [{ target: '/ats/v0/jobs/?per_page=lots' }],
    ['listJobs request: per_page: integer, string, and it was taken'],
  ],
  [
    'null for what was sent',
    [{ method: 'PATCH', target: path, body: { title: null }, answer: candidate }],
    ['updateCandidate write: title: as it was sent, string'],
  ],
  [
    'a status that no operation has',
    [{ method: 'PATCH', target: path, body: {}, status: 502, answer: '' }],
    [expect.stringMatching(/^updateCandidate answer: status: one of .*, 502$/) as string],
  ],
])('%s: that is told', (_what, exchanges, expected) => {
  expect(see(...exchanges).lines).toEqual(expected);
});

test.each<[string, Sent[]]>([
  [
    'the order of a job board, which has no pages',
    [
      {
        target: '/job_board/v0/acme/job_posts/',
        answer: [
          { created_at: '2026-03-01T09:00:00.000Z', id: 'b' },
          { created_at: '2026-02-01T09:00:00.000Z', id: 'a' },
        ],
      },
    ],
  ],
  [
    'the form of a moment of the CRM, beside that it is one at all',
    [{ target: '/v0/candidates', answer: [{ created_at: '2026-03-01T09:00:00Z', id: 'a' }] }],
  ],
  ['an order that was asked for', [{ target: '/ats/v0/jobs/?sort=desc', answer: [job, older] }]],
  [
    'the order of records of which one says no moment',
    [{ target: '/ats/v0/jobs/', answer: [{ ...job, created_at: 'yesterday' }, older] }],
  ],
  [
    'a field of a write that was refused',
    [
      {
        method: 'PATCH',
        target: path,
        body: { status: 'mine' },
        status: 404,
        answer: { status: 'Not Found' },
      },
    ],
  ],
  [
    'what is not as described and is refused',
    [
      {
        method: 'PATCH',
        target: path,
        body: { title: 5 },
        status: 422,
        answer: { code: 422, errors: { json: { title: ['Wrong.'] } }, status: 'Unprocessable Entity' },
      },
    ],
  ],
  [
    'a parameter that nobody knows and that is refused',
    [
      {
        target: '/ats/v0/jobs/?colour=red',
        status: 422,
        answer: {
          code: 422,
          errors: { query: { colour: ['Unknown field.'] } },
          status: 'Unprocessable Entity',
        },
      },
    ],
  ],
  [
    'a moment that is written otherwise than it was sent',
    [
      {
        method: 'PATCH',
        target: path,
        body: { created_at: '2026-03-01T10:00:00+01:00' },
        answer: { ...candidate, created_at: '2026-03-01T09:00:00.000Z' },
      },
    ],
  ],
])('%s: that is not told', (_what, exchanges) => {
  const { lines } = see(...exchanges);
  // What such an answer lacks is told as it is of any other.
  expect(lines.filter((line) => !/ answer: | request: (sort|created_at): /.test(line))).toEqual([]);
});

test('that nothing is at a path which is not described is no departure', () => {
  expect(see({ target: '/ats/v0/nothing', status: 404, answer: {} }).lines).toEqual([]);
  expect(see({ method: 'POST', target: '/ats/v0/nothing', status: 405, answer: {} }).lines).toEqual([]);
  expect(see({ target: '/ats/v0/nothing', status: 403, answer: {} }).lines).toHaveLength(1);
});

test('the CRM tells moments in seconds and lists its newest first, with its own header about pages', () => {
  const rows = [crm.person('b', 1_700_000_000), crm.person('a', 1_600_000_000)];
  const behaviours = (headers: Record<string, string>) =>
    see({ target: crm.candidates, answer: rows, headers }).lines.filter((line) => / behaviour: /.test(line));
  expect(behaviours(pages)).toEqual([]);
  expect(behaviours(crm.json)).toEqual([
    'listCrmCandidates behaviour: crm-lists-tell-the-page: lists without X-Pagination: 0, more',
  ]);
});

test('a record that stands alone, and is no list, has no page to tell of', () => {
  expect(see({ target: '/ats/v0/jobs/a', answer: job, headers: crm.json }).lines).toEqual([]);
});

test('what is seen again is counted, wherever in a list it was, and is told once', () => {
  const zoned = (id: string) => inOrder({ ...job, id, zone: 'Bern' });
  const { watch, lines } = see(
    { target: '/ats/v0/jobs/', answer: [zoned('a'), zoned('b')] },
    { target: '/ats/v0/jobs/', answer: [zoned('c')] },
  );
  expect(lines).toEqual(['listJobs answer: zone: nothing: the field is not described, string']);
  expect(watch.findings).toMatchObject([{ times: 3 }]);
});

test('a place within a list is told without its position', () => {
  const address = { is_primary: true, type: 'home', value: 'a@example.com' };
  const person = inOrder({ ...candidateRecord('a'), email_addresses: [address, address] });
  expect(see({ target: '/ats/v0/candidates/', answer: [person] }).lines).toEqual([
    expect.stringMatching(/^listCandidates answer: email_addresses\[\]\.type: one of .*, home$/),
  ]);
});

test('what a refusal has is told apart from what a success has, and a parameter that may be a name is not shown', () => {
  const refusal = { code: 404, errors: {}, status: 'Not Found', zone: 1 };
  const { lines } = see(
    { target: '/ats/v0/candidates/a', status: 404, answer: refusal },
    { target: '/ats/v0/jobs/?ada%40example.com=1' },
  );
  expect(lines).toEqual([
    'getCandidate answer: zone of 404: nothing: the field is not described, number',
    'listJobs request: …: no such parameter, taken',
  ]);
});

test('parameters without end fill no memory', () => {
  const many = Array.from({ length: 1500 }, (_, number) => `p${number}=1`).join('&');
  expect(see({ target: `/ats/v0/jobs/?${many}` }).lines).toHaveLength(1000);
});

test('what was seen of a behaviour settles its guess, either way', () => {
  const settled = (headers: Record<string, string>) =>
    see({ target: '/ats/v0/jobs/', answer: [older, job], headers })
      .watch.report()
      .entries.find(({ name }) => name === 'ats-lists-tell-the-page');
  const place = '/components/headers/AtsPagination';
  expect(settled(pages)).toMatchObject({ state: 'held', settles: [{ place, held: true }] });
  expect(settled(crm.json)).toMatchObject({ state: 'broken', settles: [{ place, held: false }] });
});

test('an emulator is known by its own headers', () => {
  expect(
    see({ target: '/ats/v0/jobs/', headers: { ...pages, 'x-mock-gem-request': '1' } }).watch.report(),
  ).toMatchObject({
    isEmulator: true,
  });
});
