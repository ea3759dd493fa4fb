import type { GemSchemas } from '../../contracts/gem.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';

/** A candidate's accounts: Gem has only links, the network and the user's name are read from them. */
export function socialMedia(
  addresses: readonly GemSchemas['SocialMediaAddress'][],
): UnifiedSchemas['SocialMedia'][] {
  return addresses.map(({ value }) => {
    const url = URL.parse(value) ?? URL.parse(`https://${value}`);
    const network = networks.find(
      ({ host }) => url && (url.hostname === host || url.hostname.endsWith(`.${host}`)),
    );
    return { link: value, type: network?.type ?? null, username: (network && userIn(url?.pathname)) ?? null };
  });
}

const networks = [
  { host: 'linkedin.com', type: 'LINKEDIN' },
  { host: 'github.com', type: 'GITHUB' },
  { host: 'gitlab.com', type: 'GITLAB' },
  { host: 'twitter.com', type: 'TWITTER' },
  { host: 'x.com', type: 'TWITTER' },
  { host: 'xing.com', type: 'XING' },
  { host: 'facebook.com', type: 'FACEBOOK' },
  { host: 'instagram.com', type: 'INSTAGRAM' },
  { host: 'youtube.com', type: 'YOUTUBE' },
  { host: 'dribbble.com', type: 'DRIBBBLE' },
  { host: 'behance.net', type: 'BEHANCE' },
];

/** The first part of a path that is a name: `/in/jane`, `/profile/jane` and `/@jane` are about `jane`. */
function userIn(path = ''): string | undefined {
  const part = path.split('/').find((piece) => piece !== '' && piece !== 'in' && piece !== 'profile');
  return part?.replace(/^@/, '') || undefined;
}
