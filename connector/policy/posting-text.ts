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
    .reduce<Posting | undefined>((best, next) => (best && compare(best, next) > 0 ? best : next), undefined);
}

function compare(left: PostingToChoose, right: PostingToChoose): number {
  return publishedAt(left) - publishedAt(right) || (left.id < right.id ? -1 : 1);
}

function publishedAt(posting: PostingToChoose): number {
  return Date.parse(posting.first_published_at ?? posting.remote_created_at ?? '') || 0;
}
