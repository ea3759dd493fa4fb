// Runs the rule catalogue against any pair of a Gem and a unified API, over HTTP alone.
import { gemDescription, type GemSchemas } from './gem.ts';
import {
  allDepartments,
  allOffices,
  applicationSource,
  firstDepartment,
  firstOffice,
  initialSource,
  personalEmails,
  postingText,
  resumeAttachments,
  type ReadRule,
  type RuleName,
  type WriteRule,
} from './rules/index.ts';
import type { UnifiedSchemas } from './unified.ts';

/** The two sides that a rule compares. */
export interface Target {
  /** The Gem account, real or emulated: its host and the key. */
  gem: { url: string; apiKey: string; applicationSecret?: string };
  /** The unified API that has synced it: what an SDK takes as its `server_url`. */
  unified: { url: string; apiKey: string; integrationId: string };
}

/** What came of one rule. A rule that nothing was checked against says nothing. */
export interface Outcome {
  rule: RuleName;
  statement: string;
  /** How many records were compared. */
  checked: number;
  /** Each with the record it is about. */
  contradictions: string[];
}

/**
 * Checks every rule about reading on all records that both sides show.
 *
 * @throws Error when one of the sides does not answer a list with 200
 */
export async function checkReadRules(target: Target): Promise<Outcome[]> {
  const jobs = await gemList<GemSchemas['Job']>(target, 'listJobs');
  const posts = await gemList<GemSchemas['JobPost']>(target, 'listJobPosts');
  const candidates = await gemList<GemSchemas['Candidate']>(target, 'listCandidates');
  const applications = await gemList<GemSchemas['Application']>(target, 'listApplications');
  const jobPairs = pair(jobs, await unifiedList<UnifiedSchemas['Job']>(target, '/ats/jobs'));
  return [
    ...[firstOffice, allOffices, firstDepartment, allDepartments].map((rule) => judge(rule, jobPairs)),
    judge(
      postingText,
      jobPairs.map(({ gem, unified }) => ({ gem: { id: gem.id, job: gem, posts }, unified })),
    ),
    judge(initialSource, pair(candidates, await unifiedList(target, '/ats/candidates'))),
    judge(applicationSource, pair(applications, await unifiedList(target, '/ats/applications'))),
  ];
}

/**
 * Checks the rules about writing by creating one application with an attachment of each type. It leaves a person behind
 * in Gem.
 *
 * @param email an address that Gem does not know yet
 */
export async function checkWriteRules(target: Target, email: string): Promise<Outcome[]> {
  const jobs = await unifiedList<UnifiedSchemas['Job']>(target, '/ats/jobs?statuses=OPEN');
  const [job] = jobs;
  if (!job) throw new Error('there is no open job to apply to');
  const input: UnifiedSchemas['CreateApplicationBody'] = {
    candidate: { first_name: 'Rule', last_name: 'Check', email_address: email },
    attachments: (['CV', 'COVER_LETTER', 'OTHER'] as const).map((type) => ({
      name: `${type.toLowerCase()}.pdf`,
      type,
      content_type: 'application/pdf',
      data: Buffer.from(`%PDF-1.4 ${type}`).toString('base64'),
    })),
  };
  const path = `/ats/jobs/${job.id}/applications`;
  const { data } = await unifiedCall<{ data: UnifiedSchemas['CreatedApplication'] }>(target, path, input);
  const candidates = await gemList<GemSchemas['Candidate']>(target, 'listCandidates', { email });
  const written = candidates.flatMap((gem) => (gem.id === data.candidate?.remote_id ? [{ input, gem }] : []));
  return [personalEmails, resumeAttachments].map((rule) => judgeWrite(rule, written));
}

interface Pair<Gem, Unified> {
  gem: Gem;
  unified: Unified;
}

function pair<Gem extends { id: string }, Unified extends { remote_id: string | null }>(
  records: readonly Gem[],
  items: readonly Unified[],
): Pair<Gem, Unified>[] {
  const byRemoteId = new Map(items.map((item) => [item.remote_id, item]));
  return records.flatMap((gem) => {
    const unified = byRemoteId.get(gem.id);
    return unified ? [{ gem, unified }] : [];
  });
}

function judge<Gem, Unified>(
  rule: ReadRule<Gem, Unified>,
  pairs: readonly Pair<Gem & { id: string }, Unified>[],
): Outcome {
  return outcome(
    rule,
    pairs.map((evidence) => ({ id: evidence.gem.id, contradictions: rule.holds(evidence) })),
  );
}

function judgeWrite(rule: WriteRule, written: readonly Parameters<WriteRule['holds']>[0][]): Outcome {
  return outcome(
    rule,
    written.map((evidence) => ({ id: evidence.gem.id, contradictions: rule.holds(evidence) })),
  );
}

function outcome(
  { name, statement }: { name: RuleName; statement: string },
  verdicts: readonly { id: string; contradictions: readonly string[] }[],
): Outcome {
  const contradictions = verdicts.flatMap(({ id, contradictions }) =>
    contradictions.map((text) => `${id}: ${text}`),
  );
  return { rule: name, statement, checked: verdicts.length, contradictions };
}

async function gemList<Item>(
  { gem }: Target,
  operationId: 'listJobs' | 'listJobPosts' | 'listCandidates' | 'listApplications',
  query: Record<string, string> = {},
): Promise<Item[]> {
  const path = gemDescription.operations.get(operationId)?.path;
  const items: Item[] = [];
  for (let page = 1; ; page += 1) {
    const search = new URLSearchParams({ ...query, page: String(page), per_page: '500' });
    const found = await getJson<Item[]>(`${gem.url}${path}?${search}`, {
      headers: {
        'X-API-Key': gem.apiKey,
        ...(gem.applicationSecret !== undefined && { 'X-Application-Secret': gem.applicationSecret }),
      },
    });
    if (found.length === 0) return items;
    items.push(...found);
  }
}

async function unifiedList<Item>(target: Target, path: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const separator = path.includes('?') ? '&' : '?';
    const paging: string = cursor === '' ? '' : `${separator}cursor=${encodeURIComponent(cursor)}`;
    const { data } = await unifiedCall<{ data: { next: string | null; results: Item[] } }>(
      target,
      path + paging,
    );
    items.push(...data.results);
    cursor = data.next;
  }
  return items;
}

function unifiedCall<Body>({ unified }: Target, path: string, body?: object): Promise<Body> {
  return getJson<Body>(`${unified.url}${path}`, {
    headers: {
      Authorization: `Bearer ${unified.apiKey}`,
      'X-Integration-Id': unified.integrationId,
      'Content-Type': 'application/json',
    },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
}

async function getJson<Body>(url: string, init: RequestInit): Promise<Body> {
  const response = await fetch(url, init);
  if (response.status !== 200)
    throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Body;
}
