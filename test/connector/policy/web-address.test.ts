import { describe, expect, test } from 'vitest';
import { toWebAddress } from '../../../connector/policy/web-address.ts';

describe('a link', () => {
  test.each([
    'https://example.com',
    'http://example.com',
    'http://example.com/',
    'HTTPS://Example.com/A%20b?c=d#e',
    "https://example.com/~jane/(cv);v=1,2'!*$&+=:@",
  ])('that is an address already stays as it is: %s', (link) => {
    expect(toWebAddress(link)).toBe(link);
  });

  test.each([
    ['https://example.com/a b', 'https://example.com/a%20b'],
    ['https://example.com/Zoë', 'https://example.com/Zo%C3%AB'],
    ['https://zoë.example/', 'https://xn--zo-ija.example/'],
    ['https://example.com/"<>', 'https://example.com/%22%3C%3E'],
    ['https://example.com/a\\b', 'https://example.com/a/b'],
    ['https://example.com/`{|}', 'https://example.com/%60%7B|%7D'],
    [' https://example.com/a ', 'https://example.com/a'],
    [' https://example.com/a', 'https://example.com/a'],
    ['https://example.com/a\n', 'https://example.com/a'],
    ['https:example.com', 'https://example.com/'],
    ['http:/example.com', 'http://example.com/'],
  ])('that browsers understand as an address becomes one: %j is %s', (link, address) => {
    expect(toWebAddress(link)).toBe(address);
  });

  test.each([
    '',
    'example.com',
    'ftp://example.com/',
    'javascript:alert(1)',
    'xhttp://example.com/',
    'httpsx://example.com/',
    'https://',
  ])('of no page is none: %j', (link) => {
    expect(toWebAddress(link)).toBeUndefined();
  });
});
