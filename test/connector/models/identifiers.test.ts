import { fc, test } from '@fast-check/vitest';
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { integrationIdFrom, komboId } from '../../../connector/identifiers.ts';

test.prop([fc.string(), fc.string()])('an id has 24 characters of base58', (integrationId, remoteId) => {
  expect(komboId(integrationId, remoteId)).toMatch(/^[1-9A-HJ-NP-Za-km-z]{24}$/);
});

test.prop([fc.string(), fc.string()])(
  'an id is the start of the digest in base58',
  (integrationId, remoteId) => {
    const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
    let rest = BigInt(`0x${createHash('sha256').update(`${integrationId}\n${remoteId}`).digest('hex')}`);
    let digits = '';
    for (let place = 0; place < 44; place += 1) {
      digits = alphabet.charAt(Number(rest % 58n)) + digits;
      rest /= 58n;
    }
    expect(komboId(integrationId, remoteId)).toBe(digits.slice(0, 24));
  },
);

test.prop([fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 2 })])(
  'different records and different integrations have different ids',
  ([one = '', other = '']) => {
    expect(komboId('gem:1', one)).not.toBe(komboId('gem:1', other));
    expect(komboId(`gem:${one}`, 'job')).not.toBe(komboId(`gem:${other}`, 'job'));
  },
);

test('the same account is the same integration, another key, host or environment is another', () => {
  const id = integrationIdFrom('env', 'https://api.gem.com', 'key');
  expect(integrationIdFrom('env', 'https://api.gem.com', 'key')).toBe(id);
  expect(id).toMatch(/^gem:[1-9A-HJ-NP-Za-km-z]{24}$/);
  const others = [
    integrationIdFrom('env', 'https://api.gem.com', 'another'),
    integrationIdFrom('env', 'http://127.0.0.1', 'key'),
    integrationIdFrom('other', 'https://api.gem.com', 'key'),
  ];
  expect(new Set([id, ...others]).size).toBe(4);
});

test('what belongs to an environment is not taken for a part of the host', () => {
  expect(integrationIdFrom('env-1', '2', 'key')).not.toBe(integrationIdFrom('env-', '12', 'key'));
});
