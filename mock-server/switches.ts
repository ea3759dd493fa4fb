/**
 * The places where Gem's true behaviour is not known: each a named choice that a world can make, so that one line
 * changes when the truth is learnt (gem-ats-api §14).
 */
export interface Switches {
  /** A candidate is created with an e-mail address or LinkedIn handle that is known already (§14 #4). */
  same_person: 'reuse' | 'create';
  /** What a hire does to the stage that the application stands in (§14 #13). */
  stage_after_hire: 'keep' | 'clear';
  /** The gateway's limit per key (§14 #25). */
  rate_limit: { per_second: number; burst: number } | 'off';
  /** How long the link to an attachment works, in seconds (§14 #26). */
  attachment_link_seconds: number;
}

export const defaultSwitches: Switches = {
  same_person: 'reuse',
  stage_after_hire: 'keep',
  rate_limit: { per_second: 20, burst: 500 },
  attachment_link_seconds: 7 * 24 * 60 * 60,
};
