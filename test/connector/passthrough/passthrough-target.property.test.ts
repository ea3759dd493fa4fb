import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { UnifiedProblem } from '../../../connector/errors.ts';
import { targetOf } from '../../../connector/passthrough/target.ts';

const base = 'https://api.gem.com/ats/v0';

/** Pieces that have led out of other gateways, in many spellings. */
const piece = fc.constantFrom(
  ...'/ // \\ . .. ... %2e %2E%2e %252e %2f %5c %25 % ; ..; @ : # ? localhost candidates https: a'.split(' '),
  ...'\t \n \r \0 \u3002 \uff0e \uff0f \ud800 [::1] %00 %09 %c0%ae %ef%bc%8e http://evil.example'.split(
    / +(?=\S)/,
  ),
  ' ',
);
const path = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`),
  fc.string({ unit: 'binary' }),
  fc.webUrl(),
);

describe('whatever path is given', () => {
  test.prop([path, fc.dictionary(fc.string(), fc.string())], { numRuns: 5000 })(
    'the request goes below the base, however often it is decoded on its way, or is refused',
    (given, params) => {
      let target: URL;
      try {
        target = targetOf(base, given, params);
      } catch (error) {
        expect(error).toBeInstanceOf(UnifiedProblem);
        return;
      }
      expect([target.origin, target.username, target.password, target.hash]).toEqual([
        'https://api.gem.com',
        '',
        '',
        '',
      ]);
      for (let seen = target.pathname; ; seen = decodeURIComponent(seen)) {
        const resolved = new URL(seen.replaceAll(/[?#]/g, '_'), base);
        expect([resolved.host, resolved.pathname.startsWith('/ats/v0/')], given).toEqual([
          'api.gem.com',
          true,
        ]);
        if (!seen.includes('%') || decodeURIComponent(seen) === seen) return;
      }
    },
  );

  test.each([
    '//evil.example/candidates',
    '/../../v0/users',
    '/candidates/../../../v0/users',
    '/candidates/%2e%2e/%2e%2e/v0/users',
    '/candidates/..%2f..%2fv0',
    '/candidates/%252e%252e/%252e%252e/v0',
    '/%2fevil.example',
    '/candidates/..;/..;/v0',
    '/.\t./.\t./v0',
    '\\\\evil.example',
    '/\\evil.example',
    '/candidates#/../..',
    '@evil.example',
    '.evil.example/',
    'https://evil.example/',
    '/%E0%A4%A',
    '/%2525252525252e%2525252525252e/',
    '',
  ])('%j is refused', (given) => {
    expect(() => targetOf(base, given)).toThrow(UnifiedProblem);
  });

  test.each([
    ['/candidates/', {}, '/candidates/'],
    ['/candidates/Q2FuZGlkYXRlOjE%3D', {}, '/candidates/Q2FuZGlkYXRlOjE%3D'],
    ['/jobs?status=open', { per_page: '5', 'a b': '&' }, '/jobs?status=open&per_page=5&a+b=%26'],
    ['/jobs?url=https://a.example/../b', {}, '/jobs?url=https://a.example/../b'],
    ['/a/...', {}, '/a/...'],
  ])('%j with %j goes to %j', (given, params, expected) => {
    expect(targetOf(base, given, params).href).toBe(base + expected);
  });
});
