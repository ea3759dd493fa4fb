/**
 * A map whose forks share what they had in common: a layer that no longer changes, and above it a layer of
 * what each has written since.
 */
export class LayeredMap<Value extends NonNullable<unknown>> {
  #shared: ReadonlyMap<string, Value> = new Map();
  #own = new Map<string, Value>();

  get(key: string): Value | undefined {
    return this.#own.get(key) ?? this.#shared.get(key);
  }

  set(key: string, value: Value): void {
    this.#own.set(key, value);
  }

  /** An independent map with the same values. */
  fork(): LayeredMap<Value> {
    this.#share();
    const fork = new LayeredMap<Value>();
    fork.#shared = this.#shared;
    fork.#own = new Map(this.#own);
    return fork;
  }

  /** Lets the own layer sink once it is large: the copy is then paid for by as many writes before it. */
  #share(): void {
    if (this.#own.size * 8 <= this.#shared.size) return;
    const own = this.#own;
    this.#own = new Map();
    if (this.#shared.size === 0) this.#shared = own;
    else {
      const both = new Map(this.#shared);
      for (const [key, value] of own) both.set(key, value);
      this.#shared = both;
    }
  }
}
