import type { UnifiedSchemas } from '../../../../contracts/unified.ts';
import { useBoth, type Both } from '../../../support/both.ts';

/** A body of the call that creates an application. */
export type Create = UnifiedSchemas['CreateApplicationBody'];

/** The answer of either create call. */
export interface Answered {
  status: number;
  data: UnifiedSchemas['CreatedApplication'] & UnifiedSchemas['CreatedCandidate'];
  warnings: string[];
  error: UnifiedSchemas['Problem']['error'];
}

let count = 0;

/** A body for a person whom Gem does not know. */
export function someone(more: Partial<Create> = {}, candidate: Partial<Create['candidate']> = {}): Create {
  count += 1;
  const email = `new-${count}@example.com`;
  return {
    candidate: { first_name: 'Mary', last_name: 'Shaw', email_address: email, ...candidate },
    ...more,
  };
}

/** An emulator and a connector for the tests of a file, and the two create calls. */
export function useCreates() {
  const both = useBoth();
  const post = (path: string, body: unknown) => create(both, path, body);
  return {
    both,
    post,
    apply: (job: string, body: Create) => post(`/ats/jobs/${encodeURIComponent(job)}/applications`, body),
    /** The one job of the scenario whose name contains this text. */
    jobNamed: (name: string) => findJob(both, name),
    /** How many applications Gem has. */
    countAtGem: () => both.gem.world.store.collection('applications').size,
  };
}

async function create(both: Both, path: string, body: unknown): Promise<Answered> {
  const { status, body: answer } = await both.unified(path, { method: 'POST', body: JSON.stringify(body) });
  const {
    data,
    warnings = [],
    error,
  } = answer as Pick<Answered, 'data' | 'error'> & { warnings?: { message: string }[] };
  return { status, data, error, warnings: warnings.map(({ message }) => message) };
}

async function findJob(both: Both, name: string): Promise<UnifiedSchemas['Job']> {
  const jobs = await both.unifiedList<UnifiedSchemas['Job']>(
    `/ats/jobs?name_contains=${encodeURIComponent(name)}`,
  );
  const [job] = jobs;
  if (!job) throw new Error(`the scenario has no job ${name}`);
  return job;
}
