import { fc, test as law } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { emailAddresses, phoneNumbers, validEmail } from '../../../connector/policy/contacts.ts';
import { described } from '../../support/arbitraries/described.ts';
import { email } from '../../support/arbitraries/values.ts';

test("an address and a number say of what type they are in Gem's word, in capitals", () => {
  expect(emailAddresses([{ type: 'work', value: 'jane@example.com' }])).toEqual([
    { email_address: 'jane@example.com', type: 'WORK' },
  ]);
  expect(phoneNumbers([{ type: 'skype', value: 'jane.doe' }])).toEqual([
    { phone_number: 'jane.doe', type: 'SKYPE' },
  ]);
});

law.prop([
  fc.array(fc.tuple(described('EmailAddress'), email).map(([one, value]) => Object.assign(one, { value }))),
])('addresses that are not well formed are left out, and the others keep their order', (addresses) => {
  const well = addresses.map(({ value }) => validEmail(value)).filter((value) => value !== null);
  expect(emailAddresses(addresses).map(({ email_address }) => email_address)).toEqual(well);
});

test('a kind that Gem added is passed on, and where there is none it is null', () => {
  expect(phoneNumbers([{ type: 'main', value: '1' }, { value: '2' }])).toEqual([
    { phone_number: '1', type: 'MAIN' },
    { phone_number: '2', type: null },
  ]);
  expect(emailAddresses([{ value: 'jane@example.com' }])).toEqual([
    { email_address: 'jane@example.com', type: null },
  ]);
});

law.prop([fc.array(described('PhoneNumber'))])('numbers are not touched', (numbers) => {
  expect(phoneNumbers(numbers).map(({ phone_number }) => phone_number)).toEqual(
    numbers.map(({ value }) => value),
  );
});
