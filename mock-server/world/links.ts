import { createHmac } from 'node:crypto';
import type { Part } from '../../contracts/server/serialised.ts';
import type { LinkedFile, LinkTemplate } from '../store/link-template.ts';

/** The links to the files of one world: signed, and for a limited time (gem-ats-api §9). */
export class Links {
  readonly #owner: LinkOwner;
  #address: () => string;
  /** What it gave: a page has many links, and all lead to the same place. */
  #known: string | undefined;
  #cache: Filled = { period: NaN, address: '', parts: new WeakMap() };
  /** The same, once the work that goes on has asked for it: that work is of one moment. */
  #ofWork: Filled | undefined;
  #isAtWork = false;

  /** @param address `http://host:port`, for links that no request asks for */
  constructor(owner: LinkOwner, address: string) {
    this.#owner = owner;
    this.#address = () => address;
  }

  /**
   * Does some work whose links lead to where a request asked for it.
   *
   * @param address gives `http://host:port`; it is asked once at most, and by hardly any work
   * @param work has to be done when it returns
   */
  at<Result>(address: () => string, work: () => Result): Result {
    const [outer, wasAtWork] = [this.#address, this.#isAtWork];
    this.#begin(address, true);
    try {
      return work();
    } finally {
      this.#begin(outer, wasAtWork);
    }
  }

  #begin(address: () => string, isAtWork: boolean): void {
    this.#address = address;
    this.#known = undefined;
    this.#ofWork = undefined;
    this.#isAtWork = isAtWork;
  }

  /** A link to an attachment that works for at least the switch's time, and at most twice that. */
  to(attachment: LinkedFile): string {
    const { id } = this.#owner;
    const expires = (this.#period() + 2) * this.#seconds();
    const path = `/attachments/${id}/${attachment.id}/${encodeURIComponent(attachment.filename.toWellFormed())}`;
    return `${(this.#known ??= this.#address())}${path}?expires=${expires}&signature=${this.sign(attachment.id, String(expires))}`;
  }

  /** A record's bytes with its links: the same for a whole period, and cached as long as they are asked for at one address. */
  fill(template: LinkTemplate): Part {
    const filled = this.#ofWork ?? this.#filled();
    if (this.#isAtWork) this.#ofWork = filled;
    let part = filled.parts.get(template);
    if (!part) {
      part = template.fill((attachment) => this.to(attachment));
      filled.parts.set(template, part);
    }
    return part;
  }

  #filled(): Filled {
    const period = this.#period();
    const address = (this.#known ??= this.#address());
    if (period !== this.#cache.period || address !== this.#cache.address) {
      this.#cache = { period, address, parts: new WeakMap() };
    }
    return this.#cache;
  }

  /** The signature that a link to an attachment has to carry. */
  sign(attachmentId: string, expires: string): string {
    return createHmac('sha256', this.#owner.key).update(`${attachmentId}\n${expires}`).digest('base64url');
  }

  /** The period of link validity that now lies in: links, and so the bytes that hold them, change with it. */
  #period(): number {
    return Math.floor(this.#owner.clock.now() / (this.#seconds() * 1000));
  }

  #seconds(): number {
    return this.#owner.unnotedSwitches.attachment_link_seconds;
  }
}

/** The bytes of records with links that were made in one period for one address. */
interface Filled {
  period: number;
  address: string;
  parts: WeakMap<LinkTemplate, Part>;
}

/** The world whose files the links lead to. */
interface LinkOwner {
  readonly key: string;
  readonly id: string;
  readonly clock: { now: () => number };
  readonly unnotedSwitches: { attachment_link_seconds: number };
}
