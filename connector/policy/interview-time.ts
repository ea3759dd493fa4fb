/** When an interview starts or ends. One of a whole day has a date in place of a moment (gem-ats-api §3.7). */
export function interviewTime(
  time: { date_time?: string | undefined; date?: string | undefined } | undefined,
): string | null {
  return time?.date_time ?? time?.date ?? null;
}
