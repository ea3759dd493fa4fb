/**
 * A link as it goes on its way: letters and blanks that addresses do not have are percent-encoded, what is an address
 * already stays as it was given.
 *
 * @param link whatever browsers understand as an address
 * @returns undefined when it is none of http or https
 */
export function toWebAddress(link: string): string | undefined {
  const url = parseWebAddress(link);
  if (!url) return undefined;
  const isPlain = /^https?:\/\/[\x21-\x7e]+$/i.test(link) && !/["<>\\^`{|}]/.test(link);
  return isPlain ? link : url.href;
}

/** Reads an address as browsers do; undefined when it is none of http or https. */
export function parseWebAddress(text: string): URL | undefined {
  const url = URL.parse(text);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}
