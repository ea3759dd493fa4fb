/** What has to be known of a posting to choose among a job's postings. Times are instants. */
export interface PostingToChoose {
  id: string;
  /** Whether it is live and active and not deleted; null when that is not known. */
  is_live: boolean | null;
  first_published_at: string | null;
  remote_created_at: string | null;
}

/**
 * The posting that a job's `description` and `post_url` come from: the most recent one that is live and active.
 * Recent is who was first published last, or created last if that is unknown; of two at the same moment, the one
 * with the greater id (rule posting-text, kombo-unified-api §8 #12).
 */
export function choosePosting<Posting extends PostingToChoose>(
  postings: readonly Posting[],
): Posting | undefined {
  return postings
    .filter(({ is_live }) => is_live)
    .reduce<Posting | undefined>((best, next) => (best && !isAfter(next, best) ? best : next), undefined);
}

function isAfter(one: PostingToChoose, other: PostingToChoose): boolean {
  const apart = publishedAt(one) - publishedAt(other);
  return apart > 0 || (apart === 0 && one.id > other.id);
}

/** One of which nothing is known is the oldest. */
function publishedAt({ first_published_at, remote_created_at }: PostingToChoose): number {
  const at = first_published_at ?? remote_created_at;
  return at === null ? 0 : Date.parse(at);
}
