import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { parseWebAddress } from './web-address.ts';

/**
 * A candidate's accounts. Gem has only links: the host names the network, and the user's name is read where the
 * network's links have it; a link to a company, a group, a picture or a project names no person.
 */
export function socialMedia(addresses: readonly { value: string }[]): UnifiedSchemas['SocialMedia'][] {
  return addresses.map(({ value }) => {
    const url = parseWebAddress(value) ?? parseWebAddress(`https://${value}`);
    const network = url && networks.find(({ host }) => isOf(url, host));
    return { link: value, type: network?.type ?? null, username: (network && userIn(url, network)) ?? null };
  });
}

/** How a network's links name a user. */
interface Network {
  host: string;
  type: string;
  /** What stands before the name in the path, `@` directly; more may follow then. Where nothing does, the name is the path. */
  before?: readonly string[];
  name: RegExp;
  /** Words in the place of a name that are no names. */
  pages?: ReadonlySet<string>;
}

const anyName = /^[^\s/?#\p{Cc}]+$/u;
const simpleName = /^[a-z\d](?:[\w-]*[a-z\d])?$/i;
const ofTwitter = {
  type: 'TWITTER',
  name: /^\w{1,15}$/,
  pages: words(
    'about compose download explore hashtag home i intent jobs login messages notifications privacy search settings share',
    'signup tos who_to_follow',
  ),
};

const networks: readonly Network[] = [
  { host: 'linkedin.com', type: 'LINKEDIN', before: ['in'], name: anyName },
  {
    host: 'github.com',
    type: 'GITHUB',
    name: simpleName,
    pages: words(
      'about apps collections contact customer-stories dashboard enterprise events explore features issues join login marketplace new',
      'notifications orgs pricing pulls readme search security settings signup sponsors stars topics trending users',
    ),
  },
  {
    host: 'gitlab.com',
    type: 'GITLAB',
    name: /^[a-z\d_](?:[\w.-]*[\w-])?$/i,
    pages: words(
      'admin api dashboard explore groups help jwt oauth profile projects public search snippets uploads users',
    ),
  },
  { host: 'twitter.com', ...ofTwitter },
  { host: 'x.com', ...ofTwitter },
  { host: 'xing.com', type: 'XING', before: ['profile'], name: anyName },
  {
    host: 'facebook.com',
    type: 'FACEBOOK',
    // Neither `profile.php` nor `sharer.php` is a name.
    name: /^(?!.*\.php$)[a-z\d.]+$/i,
    pages: words(
      'ads business events gaming groups hashtag help home login marketplace media messages p pages people pg photo photos',
      'policies privacy profile public reel search settings share stories story videos watch',
    ),
  },
  {
    host: 'instagram.com',
    type: 'INSTAGRAM',
    name: /^[\w.]{1,30}$/,
    pages: words('about accounts direct explore legal p reel reels stories tv web'),
  },
  // A channel has a number or a title.
  { host: 'youtube.com', type: 'YOUTUBE', before: ['@', 'user'], name: anyName },
  {
    host: 'dribbble.com',
    type: 'DRIBBBLE',
    name: simpleName,
    pages: words('about designers jobs learn search session shots signup stories tags teams'),
  },
  {
    host: 'behance.net',
    type: 'BEHANCE',
    name: simpleName,
    pages: words('about assets blog features galleries gallery hire joblist live search'),
  },
];

function words(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}

function isOf({ hostname }: URL, host: string): boolean {
  return hostname === host || hostname.endsWith(`.${host}`);
}

function userIn({ hostname, pathname }: URL, { host, before, name, pages }: Network): string | undefined {
  // Help, documentation and the like have hosts of their own; LinkedIn has one for each country.
  const isOfUsers = /^(?:(?:www|m|mobile|[a-z]{2})\.)?$/.test(hostname.slice(0, -host.length));
  if (!isOfUsers) return undefined;
  const parts = pathname.split('/').filter((part) => part !== '');
  const [first, second] = parts;
  if (first === undefined) return undefined;
  const isHandle = first.startsWith('@');
  const isSaid = before?.includes(first.toLowerCase()) || (isHandle && before?.includes('@'));
  if (before ? !isSaid : parts.length !== 1) return undefined;
  const written = before && !isHandle ? second : first.replace(/^@/, '');
  const user = written && decoded(written);
  return user !== undefined && name.test(user) && !pages?.has(user.toLowerCase()) ? user : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // It names nobody.
  }
  return undefined;
}
