import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGemClient, type GemClient } from '../../../../connector/gem/client.ts';
import { applicationRecord, candidateRecord, userLite } from '../../../support/gem-records.ts';
import { answer, startStubGem } from '../../../support/stub-gem.ts';

/** A request as the small Gem met it. */
export interface Met {
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
}

/** A Gem of one job that keeps what it is given, and whose answers a test may change. */
export interface SmallGem {
  url: string;
  /** What its ids begin with, so that no two of them have the same. */
  prefix: string;
  gem: GemClient;
  candidates: ReturnType<typeof candidateRecord>[];
  notes: { id: string; content: string; user_id: string }[];
  files: { id: string; filename: string; user_id: string; candidate_id: string; created_at: number }[];
  asked: Met[];
  /**
   * Answers in place of Gem, once it has done what it was asked for.
   *
   * @param written what Gem would answer to a write; undefined for a read
   * @returns whether it has answered
   */
  instead: (met: Met, response: ServerResponse, written: object | undefined) => boolean;
  /** Shows records in another way than they are kept. */
  show: <Item extends object>(record: Item) => object;
}

let started = 0;

/** Starts it for one test. Nothing is waited for between attempts. */
export async function startSmallGem(): Promise<SmallGem> {
  const stub = await startStubGem();
  const small: SmallGem = {
    url: stub.url,
    prefix: `${(started += 1)}-`,
    gem: createGemClient({ url: stub.url, apiKey: 'key', retry: { limit: 2, delay: () => 1 } }),
    candidates: [],
    notes: [],
    files: [],
    asked: [],
    instead: () => false,
    show: (record) => record,
  };
  stub.intercept = (request, response) => {
    const reply = (body: string) => {
      const { pathname, searchParams } = new URL(request.url ?? '', stub.url);
      const met = {
        method: request.method ?? '',
        path: pathname.replace(/\/$/, ''),
        query: searchParams,
        body,
      };
      small.asked.push(met);
      const written = met.method === 'GET' ? undefined : write(small, met);
      if (small.instead(met, response, written)) return;
      answer(response, ...(written ? ([201, written] as const) : lookUp(small, met)));
    };
    void read(request, reply);
    return true;
  };
  return small;
}

async function read(request: IncomingMessage, then: (body: string) => void): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  then(Buffer.concat(chunks).toString('latin1'));
}

function write(small: SmallGem, { path, body }: Met): object | undefined {
  if (path.endsWith('/v0/candidates')) return create(small, JSON.parse(body));
  if (path.endsWith('/notes')) {
    const { body: content, user_id }: { body: string; user_id: string } = JSON.parse(body);
    const note = { id: `note-${small.notes.length}`, content, user_id };
    small.notes.push(note);
    return {
      ...note,
      body: content,
      created_at: '2026-06-01T00:00:00.000Z',
      private: false,
      user: userLite(user_id),
      visibility: 'public',
    };
  }
  if (path.includes('/uploaded_resumes/')) {
    const [candidate_id = '', user_id = ''] = [path.split('/')[3], path.split('/')[5]];
    const filename = /filename="([^"]*)"/.exec(body)?.[1] ?? '';
    const file = {
      id: `file-${small.files.length}`,
      filename,
      user_id,
      candidate_id,
      created_at: 1_800_000_000,
    };
    small.files.push(file);
    return { ...file, download_url: 'https://files.example.com/1' };
  }
  const [, id] = /\/applications\/([^/]+)\/move$/.exec(path) ?? [];
  const application = small.candidates.flatMap((one) => one.applications ?? []).find((one) => one.id === id);
  if (!application) return undefined;
  const { to_stage_id }: { to_stage_id: string } = JSON.parse(body);
  application.current_stage = { id: to_stage_id, name: to_stage_id };
  return application;
}

function create(
  small: SmallGem,
  body: { email: string; job_id: string; first_name: string; last_name: string },
): object {
  const { prefix } = small;
  const number = small.candidates.length;
  const application = applicationRecord(`${prefix}application-${number}`, `${prefix}candidate-${number}`, {
    jobs: [{ id: body.job_id, name: 'Engineer' }],
    applied_at: '2026-06-01T00:00:00.000Z',
  });
  const candidate = candidateRecord(`${prefix}candidate-${number}`, {
    first_name: body.first_name,
    last_name: body.last_name,
    email_addresses: [{ type: 'personal', value: body.email, is_primary: true }],
    applications: [application],
    application_ids: [application.id],
  });
  small.candidates.push(candidate);
  return small.show(candidate);
}

function lookUp(small: SmallGem, { path, query }: Met): readonly [number, unknown] {
  const applications = small.candidates.flatMap((one) => one.applications ?? []);
  const page = (records: readonly object[]) =>
    [200, Number(query.get('page') ?? 1) > 1 ? [] : records.map((record) => small.show(record))] as const;
  if (path === '/ats/v0/candidates') {
    const email = query.get('email');
    return page(small.candidates.filter((one) => one.email_addresses.some(({ value }) => value === email)));
  }
  if (path === '/ats/v0/applications') return page(applications);
  if (path.endsWith('/uploaded_resumes'))
    return page(small.files.filter((file) => path.includes(file.candidate_id)));
  if (path.endsWith('/notes')) return page(small.notes);
  if (path.endsWith('/stages')) return [200, ['stage-1', 'stage-2'].map((id) => ({ id, name: id }))];
  const id = path.split('/').at(-1);
  if (path.includes('/jobs/')) return [200, { id, status: 'open' }];
  const record = [...small.candidates, ...applications].find((one) => one.id === id);
  return record ? [200, small.show(record)] : [404, { code: 404, status: 'Not Found' }];
}
