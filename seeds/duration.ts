/**
 * Reads a length of time: `90 seconds`, `3 hours`, `2 days`, `1 week`, several of them (`1 day 12 hours`), or ISO 8601
 * (`P1DT2H`). A day has 24 hours; months and years have no fixed length and are refused.
 *
 * @returns milliseconds
 * @throws Error that says how to write one
 */
export function parseDuration(text: string): number {
  const milliseconds = text.length > longest ? undefined : (inWords(text) ?? inIso(text));
  if (milliseconds === undefined || !Number.isSafeInteger(milliseconds)) {
    const told = text.length > 60 ? `${text.slice(0, 57)}…` : text;
    throw new Error(`"${told}" is no length of time; write it like 90 seconds, 2 days or P1DT2H`);
  }
  return milliseconds;
}

/** Letters that a length of time may have. */
const longest = 200;

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;

function inWords(text: string): number | undefined {
  if (!/^\s*(?:\d+(?:\.\d+)?\s*[a-z]+[\s,]*)+$/i.test(text)) return undefined;
  let total = 0;
  for (const [, count, word = ''] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gi)) {
    const unit = units.get(word.toLowerCase());
    if (unit === undefined) return undefined;
    total += Number(count) * unit;
  }
  return Math.round(total);
}

const units = new Map<string, number>(
  (
    [
      [['millisecond', 'milliseconds', 'ms'], 1],
      [['second', 'seconds', 's', 'sec'], second],
      [['minute', 'minutes', 'm', 'min'], minute],
      [['hour', 'hours', 'h'], hour],
      [['day', 'days', 'd'], day],
      [['week', 'weeks', 'w'], week],
    ] as const
  ).flatMap(([words, milliseconds]) => words.map((word): [string, number] => [word, milliseconds])),
);

function inIso(text: string): number | undefined {
  const parts = iso.exec(text);
  if (!parts || text.endsWith('T') || text === 'P') return undefined;
  const [, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts;
  return Math.round(
    Number(weeks) * week +
      Number(days) * day +
      Number(hours) * hour +
      Number(minutes) * minute +
      Number(seconds) * second,
  );
}

const iso = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
