import { isIP } from 'node:net';
import { isPrivateAddress } from '../outbound/call-public.ts';
import { parseWebAddress } from '../policy/web-address.ts';

/** A webhook cannot be set up so; the message says why, without the secret or the address. */
export class UnusableWebhook extends Error {
  override readonly name = 'UnusableWebhook';
}

/**
 * Looks at a webhook before it is set up. An address that is private only by its name is found out when it is called.
 *
 * @returns the address as it is stored
 * @throws UnusableWebhook
 */
export function checkWebhook(
  { url, secret }: { url: string; secret: string },
  { allowPrivateAddresses }: { allowPrivateAddresses: boolean },
): string {
  if (secret.length < shortestSecret) {
    throw new UnusableWebhook(
      `the secret of a webhook must have at least ${shortestSecret} characters; \`openssl rand -base64 32\` makes one`,
    );
  }
  const target = parseWebAddress(url);
  if (!target) {
    throw new UnusableWebhook('a webhook must have an http or https address');
  }
  if (target.username !== '' || target.password !== '') {
    throw new UnusableWebhook('the address of a webhook must not carry a user or a password');
  }
  if (!allowPrivateAddresses && isPrivate(target.hostname)) {
    throw new UnusableWebhook(
      hintAtPrivateAddresses('the address of the webhook is not on the public internet'),
    );
  }
  return target.href;
}

/** Says what lets private addresses be called, where that is what was refused. */
export function hintAtPrivateAddresses(problem: string): string {
  return problem.endsWith('is not on the public internet')
    ? `${problem}; the connector calls such addresses when it is started with --allow-private-addresses`
    : problem;
}

const shortestSecret = 16;

function isPrivate(hostname: string): boolean {
  const host = hostname.replaceAll(/[[\]]/g, '').replace(/\.$/, '');
  if (isIP(host) !== 0) return isPrivateAddress(host);
  return host === 'localhost' || host.endsWith('.localhost');
}
