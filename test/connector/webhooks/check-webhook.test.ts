import { describe, expect, test } from 'vitest';
import { checkWebhook, UnusableWebhook } from '../../../connector/webhooks/check-webhook.ts';
import { secret } from './support/scene.ts';

describe('an address that is not public is refused when it is set up, unless it is allowed', () => {
  test.each([
    'http://127.0.0.1:8080/hook',
    'http://2130706433/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://anything.localhost/',
    'http://[::1]/',
    'http://[fd00::1]/',
    'http://169.254.169.254/latest/',
    'http://10.1.2.3/',
  ])('%s', (url) => {
    const check = (allowPrivateAddresses: boolean) =>
      checkWebhook({ url, secret }, { allowPrivateAddresses });
    expect(() => check(false)).toThrow(UnusableWebhook);
    expect(() => check(false)).toThrow(/--allow-private-addresses/);
    expect(check(true)).toBe(new URL(url).href);
  });
});

test('a public address is kept as it is read', () => {
  const check = (url: string) => checkWebhook({ url, secret }, { allowPrivateAddresses: false });
  expect(check('HTTPS://Receiver.example')).toBe('https://receiver.example/');
  expect(check('http://8.8.8.8/a b')).toBe('http://8.8.8.8/a%20b');
});

describe('refused is', () => {
  const tooShort =
    'the secret of a webhook must have at least 16 characters; `openssl rand -base64 32` makes one';
  const noPage = 'a webhook must have an http or https address';
  const withUser = 'the address of a webhook must not carry a user or a password';
  test.each([
    ['a secret of fifteen characters', 'https://receiver.example/', '123456789012345', tooShort],
    ['an address of another scheme', 'ftp://receiver.example/', secret, noPage],
    ['an address that is none', 'receiver', secret, noPage],
    ['an address with a user', 'https://user@receiver.example/', secret, withUser],
    ['an address with a password', 'https://:word@receiver.example/', secret, withUser],
  ])('%s', (_, url, word, message) => {
    const refused = expect.objectContaining({ name: 'UnusableWebhook', message });
    expect(() => checkWebhook({ url, secret: word }, { allowPrivateAddresses: true })).toThrow(refused);
  });

  test('no secret of sixteen characters', () => {
    const url = 'https://receiver.example/';
    expect(checkWebhook({ url, secret: '1234567890123456' }, { allowPrivateAddresses: false })).toBe(url);
  });
});
