import { connectorPage, type CreateBody, type WriteRule } from './rule.ts';

export const personalEmails: WriteRule = {
  name: 'personal-emails',
  statement: 'every e-mail address written to Gem is written as personal',
  source: connectorPage,
  kind: 'write',
  holds({ input, gem }) {
    const contradictions: string[] = [];
    const written = addressesOf(input);
    const held = new Map(gem.email_addresses.map(({ value, type }) => [value.toLowerCase(), type]));
    for (const [address, type] of held) {
      if (written.has(address) && type !== 'personal') {
        contradictions.push(`Gem holds ${address} as ${type} and should hold it as personal`);
      }
    }
    const [own] = written;
    if (own !== undefined && !held.has(own)) contradictions.push(`Gem does not hold ${own}`);
    return contradictions;
  },
};

/** All addresses of the body, the candidate's own first. */
function addressesOf({ candidate }: CreateBody): Set<string> {
  const more = candidate.additional_email_addresses ?? [];
  const addresses = [candidate.email_address, ...more.map(({ email_address }) => email_address)];
  return new Set(addresses.map((address) => address.toLowerCase()));
}
