/** What has to be known of an interview to say whether it was called off. */
interface Interview {
  interviewers: readonly { response_status?: string | undefined }[];
  status?: string | undefined;
}

/**
 * Whether an interview was called off; null when that is not known. Gem's known words do not say so, and a word that does
 * is believed. Else it counts as canceled when all interviewers declined; without interviewers, one that took place was not,
 * and of others nothing is known (kombo-unified-api §6, §8 #18).
 */
export function isCanceled({ interviewers, status }: Interview): boolean | null {
  const answers = interviewers.map(({ response_status }) => response_status);
  if (status === 'canceled' || status === 'cancelled') return true;
  if (answers.length === 0) return status === 'awaiting_feedback' || status === 'complete' ? false : null;
  if (answers.every((answer) => answer === 'declined')) return true;
  return answers.every((answer) => answer === 'declined' || answer === undefined) ? null : false;
}
