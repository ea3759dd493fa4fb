/** An instant as people read it: the day only where it is another one than today's. */
export function Moment({ at, isLong = false }: { at: string; isLong?: boolean }) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <span>{at}</span>;
  const [day = '', time = ''] = date.toISOString().replace('Z', '').split('T');
  return (
    <time datetime={at} title={at}>
      {isLong ? `${day} ${time.slice(0, 8)}` : time.slice(0, 12)}
    </time>
  );
}

/** How long ago something was. */
export function Ago({ at }: { at: string }) {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(at)) / 1000));
  return (
    <time datetime={at} title={at}>
      {agoOf(seconds)}
    </time>
  );
}

function agoOf(seconds: number): string {
  if (seconds < 5) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86_400)} d ago`;
}

/** A number with its thousands apart. */
export function inThousands(count: number): string {
  return count.toLocaleString('en').replaceAll(',', '\u202f');
}

/** A size in bytes as people read it. */
export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
