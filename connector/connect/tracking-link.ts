import type { AutomaticSource } from '../actions/automatic-source.ts';

/** What was entered about the source that created applications get. */
export interface SourceEntry {
  name: string;
  trackingLink: string;
}

/**
 * Reads which source is meant. The form of Gem's tracking links is not documented (gem-ats-api §12), so the id is the
 * part after `source`, in the path or the query; the name is kept beside it.
 *
 * @returns null for no source, or `unreadable` when the link has no such part
 */
export function readSource({ name, trackingLink }: SourceEntry): AutomaticSource | null | 'unreadable' {
  if (trackingLink === '') return name === '' ? null : { name };
  const url = URL.parse(trackingLink);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return 'unreadable';
  const id = url.pathname.match(/\/sources?\/([^/]+)/)?.[1] ?? readParameter(url);
  if (!id) return 'unreadable';
  return { id: decode(id), ...(name !== '' && { name }) };
}

function readParameter({ searchParams }: URL): string | undefined {
  return (
    ['source_id', 'source', 'gem_source', 'src']
      .map((key) => searchParams.get(key))
      .find((value) => value !== null && value !== '') ?? undefined
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
