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
  ['github.com:443/jane', 'GITHUB', 'jane'],
  ['https://github.com/jane?tab=repositories', 'GITHUB', 'jane'],
  ['https://www.linkedin.com/in/jos%C3%A9/', 'LINKEDIN', 'josé'],
  ['https://de.linkedin.com/in/jane/en?trk=1', 'LINKEDIN', 'jane'],
  ['https://www.youtube.com/@jane/videos', 'YOUTUBE', 'jane'],
  ['https://www.youtube.com/user/jane', 'YOUTUBE', 'jane'],
  ['http://m.facebook.com/jane', 'FACEBOOK', 'jane'],
  ['https://mobile.twitter.com/jane', 'TWITTER', 'jane'],
  // Short names, names with digits, and whatever else a network has in them.
  ['https://github.com/j', 'GITHUB', 'j'],
  ['https://github.com/4jane2', 'GITHUB', '4jane2'],
  ['https://github.com/jane-doe', 'GITHUB', 'jane-doe'],
  ['https://gitlab.com/j', 'GITLAB', 'j'],
  ['https://gitlab.com/4jane', 'GITLAB', '4jane'],
  ['https://gitlab.com/_jane.doe-', 'GITLAB', '_jane.doe-'],
  ['https://facebook.com/jane.4', 'FACEBOOK', 'jane.4'],
  ['https://facebook.com/jane.php.doe', 'FACEBOOK', 'jane.php.doe'],
  ['https://instagram.com/jane_doe.of_thirty_letters_in.', 'INSTAGRAM', 'jane_doe.of_thirty_letters_in.'],
])('%s is an account at %s of %s', (value, type, username) => {
  expect(socialMedia([{ value }])).toEqual([{ link: value, type, username }]);
});

test.each([
  'https://github.com',
  'https://github.com/',
  'https://github.com//jane@home',
  'https://github.com/orgs/acme',
  // A host of its own, not one of users.
  'https://docs.github.com/jane',
  'https://www.docs.github.com/jane',
  'https://docs.www.github.com/jane',
  'https://business.linkedin.com/in/jane',
  'https://github.com/explore',
  'https://github.com/topics',
  'https://github.com/-jane',
  'https://github.com/jane-',
  'https://github.com/jane/repository',
  'https://gitlab.com/groups/acme',
  'https://gitlab.com/snippets',
  'https://gitlab.com/.jane',
  'https://gitlab.com/jane.',
  'https://linkedin.com/in/',
  'https://linkedin.com/company/acme',
  'https://linkedin.com/@jane',
  // What cannot be decoded, or is no name when it is.
  'https://linkedin.com/in/%E0%A4%A',
  'https://linkedin.com/in/a%2Fb',
  'https://github.com/%E0%A4%A',
  'https://x.com/@',
  'https://x.com/jane/status/1',
  'https://x.com/a_name_that_is_too_long',
  'https://twitter.com/intent',
  'https://twitter.com/signup',
  'https://xing.com/companies/acme',
  'https://facebook.com/profile.php?id=42',
  'https://facebook.com/groups/jane',
  'https://facebook.com/people',
  'https://facebook.com/watch',
  'https://facebook.com/sharer.php',
  'https://facebook.com/jane_doe',
  'https://instagram.com/p/picture',
  'https://instagram.com/explore',
  'https://instagram.com/-jane',
  'https://instagram.com/jane-',
  'https://instagram.com/jane_doe.of_thirty_1_letters_in',
  'https://youtube.com/channel/UC123',
  'https://youtube.com/jane',
  'https://dribbble.com/shots/1',
  'https://dribbble.com/shots',
  'https://behance.net/gallery/1/title',
  'https://behance.net/gallery',
])('%s names nobody', (value) => {
  expect(socialMedia([{ value }])).toMatchObject([{ link: value, type: expect.any(String), username: null }]);
});

test.each([
  'https://example.com/jane',
  'https://notgithub.com/jane',
  'https://github.com.example.com/jane',
  'http://[',
  'javascript://github.com/jane',
  'ftp://github.com/jane',
  'xhttps://github.com/jane',
  'httpsx://github.com/jane',
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
