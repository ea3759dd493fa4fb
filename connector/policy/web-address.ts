import { domainToASCII } from 'node:url';

/**
 * A link as it goes on its way: letters and blanks that addresses do not have are percent-encoded, what is an address
 * already stays as it was given.
 *
 * @param link whatever browsers understand as an address
 * @returns undefined when it is none of http or https
 */
export function toWebAddress(link: string): string | undefined {
  const url = URL.parse(link);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const isPlain = /^https?:\/\/[\x21-\x7e]+$/i.test(link) && !/["<>\\^`{|}]/.test(link);
  return isPlain ? link : url.href;
}

/** An e-mail address as mail systems take it: a domain with letters beyond ASCII is spelled in ASCII. */
export function toMailAddress(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  const isPlain = /^[\x21-\x7e]*$/.test(domain);
  return isPlain ? address : address.slice(0, at) + (domainToASCII(domain) || domain);
}
