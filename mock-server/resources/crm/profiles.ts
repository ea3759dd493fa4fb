import type { GemSchemas } from '../../../contracts/gem.ts';

/** What the CRM reads from the address of a profile: `https://github.com/ada` is `ada` at `github`. */
export function readProfile(address: string): GemSchemas['CrmProfile'] {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const network = url?.hostname.split('.').at(-2) ?? '';
  const username = url?.pathname.split('/').findLast((part) => part !== '') ?? '';
  return { network, url: address, username };
}
