import type { UnifiedSchemas } from '../../contracts/unified.ts';

/** An address or a number, with Gem's word for its kind; the unified API takes any word, and null where there is none. */
interface Contact {
  value: string;
  type?: string | undefined;
}

/** A candidate's addresses without those that are not well formed (kombo-unified-api §2.3, §8 #10). */
export function emailAddresses(addresses: readonly Contact[]): UnifiedSchemas['EmailAddress'][] {
  return addresses.flatMap((address) => {
    const email_address = validEmail(address.value);
    return email_address === null ? [] : [{ email_address, type: address.type?.toUpperCase() ?? null }];
  });
}

/** A candidate's phone numbers, as Gem writes them. */
export function phoneNumbers(numbers: readonly Contact[]): UnifiedSchemas['PhoneNumber'][] {
  return numbers.map(({ value, type }) => ({ phone_number: value, type: type?.toUpperCase() ?? null }));
}

// Word characters and '+-. before the sign, without a dot at an end or two in a row; then a lower-case domain with
// dots and a last part of at least two letters (kombo-unified-api §5.7).
const pattern = /^(?!\.)(?!.*\.\.)[\w'+\-.]*[\w+-]@([a-z\d][a-z\d-]*\.)+[a-z]{2,}$/;

/**
 * An e-mail address as the unified API sends it, or null when it is not well formed. The case of a domain means
 * nothing, so it is lowered: an address in capitals is not refused.
 */
export function validEmail(text: string | undefined): string | null {
  if (text === undefined) return null;
  const trimmed = text.trim();
  const domainAt = trimmed.lastIndexOf('@') + 1;
  const address = trimmed.slice(0, domainAt) + trimmed.slice(domainAt).toLowerCase();
  return pattern.test(address) ? address : null;
}
