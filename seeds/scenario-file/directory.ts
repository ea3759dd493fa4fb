import { resourceNames, type Records, type ResourceName } from '../records.ts';
import type { Labels } from '../scenario.ts';

/** Finds records by their labels or ids, those included that are yet to be made. */
export class Directory {
  readonly labels: Labels;
  readonly #resources = new Map<string, ResourceName>();

  constructor(labels: Labels, records: Records) {
    this.labels = { ...labels };
    for (const name of resourceNames) for (const { id } of records[name]) this.#resources.set(id, name);
  }

  /** @returns false when the label or the id is taken */
  add(resource: ResourceName, id: string, label: string | undefined): boolean {
    if (this.#resources.has(id) || (label !== undefined && Object.hasOwn(this.labels, label))) return false;
    this.#resources.set(id, resource);
    // As the name of a member, `__proto__` would be none.
    if (label !== undefined) {
      const meant = { value: { resource, id }, enumerable: true, configurable: true, writable: true };
      Object.defineProperty(this.labels, label, meant);
    }
    return true;
  }

  /** Takes a label and its record out. */
  forget(label: string): void {
    this.#resources.delete(this.labels[label]?.id ?? '');
    delete this.labels[label];
  }

  /** The record that a label or an id names. @param resource where only such a record will do */
  find(word: string, resource?: ResourceName): { resource: ResourceName; id: string } | undefined {
    const known = Object.hasOwn(this.labels, word) ? this.labels[word] : undefined;
    const byId = this.#resources.get(word);
    const found = known ?? (byId && { resource: byId, id: word });
    return resource === undefined || found?.resource === resource ? found : undefined;
  }

  /** The label of an id, if it has one. */
  labelOf(id: string): string | undefined {
    return Object.keys(this.labels).find((label) => this.labels[label]?.id === id);
  }

  /** All labels of a resource, or of all. */
  labelsOf(resource?: ResourceName): string[] {
    return Object.entries(this.labels)
      .filter(([, known]) => resource === undefined || known.resource === resource)
      .map(([label]) => label);
  }
}
