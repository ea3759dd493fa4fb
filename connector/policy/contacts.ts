import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { validEmail } from './valid-email.ts';

/** An address or a number, with Gem's word for its kind; the unified API takes any word, and null where there is none. */
interface Contact {
  value: string;
  type?: string | undefined;
}

/** A candidate's addresses without those that are not well formed (kombo-unified-api §2.3, §8 #10). */
export function emailAddresses(addresses: readonly Contact[]): UnifiedSchemas['EmailAddress'][] {
  return addresses.flatMap(({ value, type }) => {
    const email_address = validEmail(value);
    return email_address === null ? [] : [{ email_address, type: type?.toUpperCase() ?? null }];
  });
}

/** A candidate's phone numbers, as Gem writes them. */
export function phoneNumbers(numbers: readonly Contact[]): UnifiedSchemas['PhoneNumber'][] {
  return numbers.map(({ value, type }) => ({ phone_number: value, type: type?.toUpperCase() ?? null }));
}
