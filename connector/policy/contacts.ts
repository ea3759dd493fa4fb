import type { GemSchemas } from '../../contracts/gem.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { validEmail } from './valid-email.ts';

/** A candidate's addresses without those that are not well formed (kombo-unified-api §2.3, §8 point 10). */
export function emailAddresses(
  addresses: readonly GemSchemas['EmailAddress'][],
): UnifiedSchemas['EmailAddress'][] {
  return addresses.flatMap(({ value, type }) => {
    const email_address = validEmail(value);
    return email_address === null ? [] : [{ email_address, type: type.toUpperCase() }];
  });
}

/** A candidate's phone numbers, as Gem writes them. */
export function phoneNumbers(numbers: readonly GemSchemas['PhoneNumber'][]): UnifiedSchemas['PhoneNumber'][] {
  return numbers.map(({ value, type }) => ({ phone_number: value, type: type.toUpperCase() }));
}
