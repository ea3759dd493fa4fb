import type { WriteStream } from 'node:tty';
import type { ConnectorProgress } from './connector-process.ts';

/**
 * Shows how far a sync has come: on a terminal one line that is written over, elsewhere a line per finished listing.
 *
 * @param stream where to; nothing is shown without one
 */
export function showProgress(
  stream: (NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY'>>) | undefined,
): {
  update: (progress: ConnectorProgress) => void;
  finish: () => void;
} {
  const begin = stream?.isTTY ? '\r\u001b[2K' : '';
  return {
    update: ({ listing, records, done }) => {
      if (done) stream?.write(`${begin}  synced ${toWords(listing)}: ${records}\n`);
      else if (stream?.isTTY) stream.write(`${begin}  syncing ${toWords(listing)}: ${records} …`);
    },
    finish: () => stream?.write(begin),
  };
}

/** `listJobPosts` as a person says it: `job posts`. */
function toWords(listing: string): string {
  return listing
    .replace(/^list/, '')
    .replaceAll(/(?!^)[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
}
