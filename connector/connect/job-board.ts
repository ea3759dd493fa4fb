/**
 * Reads which public job board is meant: its word in `jobs.gem.com/{word}`, or an address there (gem-ats-api §1.1).
 * Addresses of postings begin with it.
 *
 * @returns null for none, or `unreadable`
 */
export function readJobBoard(text: string): { vanity: string } | null | 'unreadable' {
  if (text === '') return null;
  const [, word = text] = /^(?:https?:\/\/)?jobs\.gem\.com\/([^/?#]*)/i.exec(text) ?? [];
  return /^[\w.-]+$/.test(word) && !/^jobs\.gem\.com$/i.test(word) ? { vanity: word } : 'unreadable';
}
