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
