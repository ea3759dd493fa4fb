// Word characters and '+-. before the sign, without a dot at an end or two in a row; then a lower-case domain with
// dots and a last part of at least two letters (kombo-unified-api §5.7).
const pattern = /^(?!\.)(?!.*\.\.)[\w'+\-.]*[\w+-]@([a-z\d][a-z\d-]*\.)+[a-z]{2,}$/;

/**
 * An e-mail address as the unified API sends it, or null when it is not well formed. The case of a domain means
 * nothing, so it is lowered and costs nobody the address.
 */
export function validEmail(text: string | undefined): string | null {
  if (text === undefined) return null;
  const trimmed = text.trim();
  const domainAt = trimmed.lastIndexOf('@') + 1;
  const address = trimmed.slice(0, domainAt) + trimmed.slice(domainAt).toLowerCase();
  return pattern.test(address) ? address : null;
}
