import type { GemSchemas } from '../gem.ts';
import type { UnifiedSchemas } from '../unified.ts';

/** The statements of the connector's page that are rules of mapping. */
export type RuleName =
  | 'first-office'
  | 'all-offices'
  | 'first-department'
  | 'all-departments'
  | 'posting-text'
  | 'initial-source'
  | 'application-source'
  | 'personal-emails'
  | 'resume-attachments';

/** What every rule says of itself. */
export interface Statement {
  name: RuleName;
  /** The rule in words. */
  statement: string;
  /** Where it is stated. */
  source: string;
}

/**
 * A rule about reading: Gem's answer beside the unified answer that was made of it. It says again, on its own, what must
 * hold, so that it can judge any connector.
 */
export interface ReadRule<Gem, Unified> extends Statement {
  kind: 'read';
  /** @returns how the two contradict the rule; empty when it holds */
  holds(evidence: { gem: Gem; unified: Unified }): string[];
}

/** A rule about writing: what the unified API was given beside the candidate as Gem now holds it. */
export interface WriteRule extends Statement {
  kind: 'write';
  /** @returns how the two contradict the rule; empty when it holds */
  holds(evidence: { input: CreateBody; gem: GemSchemas['Candidate'] }): string[];
}

/** Either create body of the unified API. */
export type CreateBody = UnifiedSchemas['CreateCandidateBody'] | UnifiedSchemas['CreateApplicationBody'];

/** Where the connector's page states its rules. */
export const connectorPage = 'https://docs.kombo.dev/ats/connectors/gem';
