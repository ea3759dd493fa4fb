import { fc, test as law } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { validEmail } from '../../../connector/policy/contacts.ts';

test.each([
  ['jane@example.com', 'jane@example.com'],
  ["o'neil@example.org", "o'neil@example.org"],
  ['jane.doe+jobs-1_x@mail.example.com', 'jane.doe+jobs-1_x@mail.example.com'],
  ['x@example.com', 'x@example.com'],
  ['jane-@example.com', 'jane-@example.com'],
  ['jane+@example.com', 'jane+@example.com'],
  ['jane@4-u.example-1.com', 'jane@4-u.example-1.com'],
  ['jane@2.example.com', 'jane@2.example.com'],
  // Only the local part tells capitals from small letters.
  ['Jane.Doe@Example.COM', 'Jane.Doe@example.com'],
  ['  jane@example.com\n', 'jane@example.com'],
])('%j is well formed', (text, expected) => {
  expect(validEmail(text)).toBe(expected);
});

test.each([
  ['', 'nothing'],
  ['jane', 'no domain'],
  ['@example.com', 'no local part'],
  ['jane@', 'an empty domain'],
  ['.jane@example.com', 'a leading dot'],
  ['jane..doe@example.com', 'two dots in a row'],
  ['jane.@example.com', 'a dot at the end'],
  ["jane'@example.com", 'a quote at the end'],
  ['jane doe@example.com', 'a blank'],
  ['jane@@example.com', 'two signs'],
  ['jane@doe@example.com', 'two signs apart'],
  ['jané@example.com', 'a letter beyond ASCII'],
  ['jane@example', 'a domain without a dot'],
  ['jane@example.c', 'a last part of one letter'],
  ['jane@example.c0m', 'a last part with a digit'],
  ['jane@-example.com', 'a domain that begins with a hyphen'],
  ['jane@example..com', 'two dots in the domain'],
  ['jane@example.com.', 'a dot after the domain'],
  ['jane@example.com x', 'something after it'],
  ['x jane@example.com', 'something before it'],
  ['jane@example_1.com', 'an underscore in the domain'],
  ['one\njane@example.com', 'a line before it'],
])('%j is not well formed: %s', (text) => {
  expect(validEmail(text)).toBeNull();
});

law.prop([fc.stringMatching(/^[\w'+-]{0,8}[\w+-]@([a-z0-9][a-z0-9-]{0,5}\.){1,3}[a-z]{2,6}$/)])(
  'an address that the unified API takes is kept letter by letter',
  (address) => {
    expect(validEmail(address)).toBe(address);
  },
);

law.prop([fc.string()])('what was brought into form stays so', (text) => {
  const address = validEmail(text);
  if (address !== null) expect(validEmail(address)).toBe(address);
});
