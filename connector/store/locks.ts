/** A lock that is held. */
export interface Lock {
  /** Aborted when the lock is lost before it was given back, because the connection that held it broke. */
  lost: AbortSignal;
  release(): Promise<void>;
}

/** Locks by name, each held by at most one of all the processes that share a store. They end with their process. */
export interface Locks {
  /** @returns undefined when it is held already, in this process or in another */
  take(name: string): Promise<Lock | undefined>;
  /** @returns the names that are free */
  free(names: readonly string[]): Promise<string[]>;
  close(): Promise<void>;
}

/** Locks for a store that only one process can have open. */
export function processLocks(): Locks {
  const held = new Map<string, symbol>();
  return {
    take: (name) => {
      if (held.has(name)) return Promise.resolve(undefined);
      const holder = Symbol(name);
      held.set(name, holder);
      return Promise.resolve({
        lost: new AbortController().signal,
        release: () => {
          if (held.get(name) === holder) held.delete(name);
          return Promise.resolve();
        },
      });
    },
    free: (names) => Promise.resolve(names.filter((name) => !held.has(name))),
    close: () => Promise.resolve(),
  };
}
