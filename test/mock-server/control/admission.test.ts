import type { Request } from 'express';
import { describe, expect, test } from 'vitest';
import { createAdmission } from '../../../mock-server/control/admission.ts';

describe('without a token', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1:4010'],
    ['127.8.9.10', 'localhost'],
    ['::1', '[::1]:4010'],
    ['::ffff:127.0.0.1', 'LocalHost:4010'],
  ])('this machine (%s) is answered as %s', (address, host) => {
    expect(() => createAdmission(undefined)(requestFrom(address, { host }))).not.toThrow();
  });

  test.each([
    ['192.168.1.5', 'localhost:4010', /only this machine/],
    ['::ffff:10.0.0.1', 'localhost', /only this machine/],
    ['fe80::1', 'localhost', /only this machine/],
    ['', 'localhost', /only this machine/],
    ['127.0.0.1', 'localhost.example', /only localhost/],
    ['127.0.0.1', '127.0.0.1.example:4010', /only localhost/],
    ['127.0.0.1', '192.168.1.5', /only localhost/],
    ['::1', '', /only localhost/],
  ])('%s is not answered as "%s"', (address, host, words) => {
    expect(() => createAdmission(undefined)(requestFrom(address, { host }))).toThrow(words);
  });
});

test('with the token, any machine is answered', () => {
  const headers = { host: 'mock-gem.internal', authorization: 'Bearer the-token' };
  expect(() => createAdmission('the-token')(requestFrom('192.168.1.5', headers))).not.toThrow();
});

/** As much of a request as matters: where it comes from cannot be chosen on a real socket. */
function requestFrom(remoteAddress: string, headers: Record<string, string>): Request {
  const request: Pick<Request, 'get'> & { socket: { remoteAddress: string } } = {
    socket: { remoteAddress },
    get: ((name: string) => headers[name]) as Request['get'],
  };
  return request as Request;
}
