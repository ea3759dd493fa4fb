/** Which id of one side stands for which of the other. An id of Gem says of what kind it is (gem-ats-api §1.7), so kinds need no lists. */
export class PairedIds {
  readonly #ours = new Map<string, string>();
  readonly #theirs = new Map<string, string>();

  /** Notes two ids of the same record, unless one of them has another partner already. */
  learn(theirs: string, ours: string): void {
    if (this.#ours.has(theirs) || this.#theirs.has(ours)) return;
    // Ids without end must not fill the memory: the oldest is forgotten.
    const [oldest] = this.#ours;
    if (oldest && this.#ours.size >= maxPairs) {
      this.#ours.delete(oldest[0]);
      this.#theirs.delete(oldest[1]);
    }
    this.#ours.set(theirs, ours);
    this.#theirs.set(ours, theirs);
  }

  /** The id of the mirror; undefined where it is not known. */
  ours(theirs: string): string | undefined {
    return this.#ours.get(theirs);
  }

  /** Whether two ids are those of one record, as far as is known; what nobody has seen before is taken for new. */
  match(theirs: string, ours: string): boolean {
    const known = this.#ours.get(theirs);
    if (known !== undefined) return known === ours;
    return theirs === ours || !this.#theirs.has(ours);
  }
}

const maxPairs = 100_000;
