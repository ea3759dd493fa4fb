import { hash } from 'node:crypto';

/** The kinds of thing that have an id in Gem. */
export type IdentifierKind = keyof typeof kinds;

// Candidates and users carry `<Type>:<number>`; everything else `<type>:` and 16 opaque bytes, both in URL-safe
// base64 without padding (gem-ats-api §1.7). The first numbers are chosen so that no padding ever arises.
const kinds = {
  candidate: { type: 'Candidate', firstNumber: 10_000_001 },
  user: { type: 'User', firstNumber: 1_000_001 },
  application: { type: 'application' },
  attachment: { type: 'attachment' },
  close_reason: { type: 'closereason' },
  custom_field: { type: 'customfield' },
  custom_field_option: { type: 'cfoption' },
  department: { type: 'dept' },
  education: { type: 'education' },
  employment: { type: 'employment' },
  interview: { type: 'interview' },
  interview_definition: { type: 'intdef' },
  interview_item: { type: 'intitem' },
  interview_kit: { type: 'intkit' },
  interview_kit_question: { type: 'intkitq' },
  job: { type: 'job' },
  job_post: { type: 'jobpost' },
  job_stage: { type: 'jobstage' },
  note: { type: 'note' },
  offer: { type: 'offer' },
  office: { type: 'loc' },
  opening: { type: 'opening' },
  rejection_reason: { type: 'rejreason' },
  rejection_type: { type: 'rejtype' },
  scorecard: { type: 'scorecard' },
  scorecard_question: { type: 'scq' },
  source: { type: 'source' },
  source_type: { type: 'sourcetype' },
} satisfies Record<string, { type: string; firstNumber?: number }>;

/**
 * Hands out ids in Gem's forms. The nth id of a kind depends on the seed, the kind and n alone, so the same seed
 * gives the same ids, and a copy goes on where the original stood.
 */
export class Identifiers {
  readonly seed: string;
  readonly #used: Map<IdentifierKind, number>;

  constructor(seed: string, used: Iterable<[IdentifierKind, number]> = []) {
    this.seed = seed;
    this.#used = new Map(used);
  }

  /** The next unused id of a kind. */
  next(kind: IdentifierKind): string {
    const count = this.#used.get(kind) ?? 0;
    this.#used.set(kind, count + 1);
    const description: { type: string; firstNumber?: number } = kinds[kind];
    if (description.firstNumber !== undefined) {
      return Buffer.from(`${description.type}:${description.firstNumber + count}`).toString('base64url');
    }
    const opaque = hash('sha256', `${this.seed}\n${kind}\n${count}`, 'buffer').subarray(0, 16);
    return Buffer.concat([Buffer.from(`${description.type}:`), opaque]).toString('base64url');
  }

  /** How many ids of each kind were handed out; with the seed, all it takes to go on later. */
  used(): [IdentifierKind, number][] {
    return [...this.#used];
  }

  /** A copy that goes on from here, independently. */
  fork(): Identifiers {
    return new Identifiers(this.seed, this.#used);
  }
}
