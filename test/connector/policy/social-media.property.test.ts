import { fc, test as law } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { socialMedia } from '../../../connector/policy/social-media.ts';

test.each([
  ['https://www.linkedin.com/in/jane', 'LINKEDIN', 'jane'],
  ['https://linkedin.com/in/jane/details', 'LINKEDIN', 'jane'],
  ['https://github.com/jane', 'GITHUB', 'jane'],
  ['https://gitlab.com/jane', 'GITLAB', 'jane'],
  ['https://twitter.com/jane', 'TWITTER', 'jane'],
  ['https://x.com/@jane', 'TWITTER', 'jane'],
  ['https://www.xing.com/profile/Jane_Doe', 'XING', 'Jane_Doe'],
  ['https://facebook.com/jane', 'FACEBOOK', 'jane'],
  ['https://instagram.com/jane', 'INSTAGRAM', 'jane'],
  ['https://www.youtube.com/@jane', 'YOUTUBE', 'jane'],
  ['https://dribbble.com/jane', 'DRIBBBLE', 'jane'],
  ['https://www.behance.net/jane', 'BEHANCE', 'jane'],
  // Somebody left the beginning out.
  ['github.com/jane', 'GITHUB', 'jane'],
  ['https://github.com//jane@home', 'GITHUB', 'jane@home'],
])('%s is an account at %s of %s', (value, type, username) => {
  expect(socialMedia([{ value }])).toEqual([{ link: value, type, username }]);
});

test.each(['https://github.com', 'https://github.com/', 'https://linkedin.com/in/', 'https://x.com/@'])(
  '%s names nobody',
  (value) => {
    expect(socialMedia([{ value }])).toMatchObject([
      { link: value, type: expect.any(String), username: null },
    ]);
  },
);

test.each([
  'https://example.com/jane',
  'https://notgithub.com/jane',
  'https://github.com.example.com/jane',
  'http://[',
  '',
])('%j is a link to nowhere in particular', (value) => {
  expect(socialMedia([{ value }])).toEqual([{ link: value, type: null, username: null }]);
});

law.prop([fc.array(fc.string().map((value) => ({ value })))])(
  'every link is kept letter by letter, in its order',
  (addresses) => {
    expect(socialMedia(addresses).map(({ link }) => link)).toEqual(addresses.map(({ value }) => value));
  },
);
