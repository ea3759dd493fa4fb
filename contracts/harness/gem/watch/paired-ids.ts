/** Which id of one side stands for which of the other, for each kind of record by itself. */
export class PairedIds {
  readonly #byTheirs = new Map<string, Pair>();
  readonly #byOurs = new Map<string, Pair>();

  /** Notes two ids of the same record, unless one of them has another partner already. */
  learn(kind: string, theirs: string, ours: string): void {
    const pair = { theirs: keyOf(kind, theirs), ours: keyOf(kind, ours), id: ours };
    if (this.#byTheirs.has(pair.theirs) || this.#byOurs.has(pair.ours)) return;
    // Ids without end must not fill the memory: the oldest is forgotten.
    const [oldest] = this.#byTheirs.values();
    if (oldest && this.#byTheirs.size >= maxPairs) {
      this.#byTheirs.delete(oldest.theirs);
      this.#byOurs.delete(oldest.ours);
    }
    this.#byTheirs.set(pair.theirs, pair);
    this.#byOurs.set(pair.ours, pair);
  }

  /** The id of the mirror; undefined where it is not known. */
  ours(kind: string, theirs: string): string | undefined {
    return this.#byTheirs.get(keyOf(kind, theirs))?.id;
  }

  /** Whether two ids are those of one record, as far as is known; what nobody has seen before is taken for new. */
  match(kind: string, theirs: string, ours: string): boolean {
    const known = this.ours(kind, theirs);
    if (known !== undefined) return known === ours;
    return theirs === ours || !this.#byOurs.has(keyOf(kind, ours));
  }
}

interface Pair {
  theirs: string;
  ours: string;
  id: string;
}

function keyOf(kind: string, id: string): string {
  return `${kind} ${id}`;
}

const maxPairs = 100_000;
