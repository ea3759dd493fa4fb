import { createHash, createHmac } from 'node:crypto';
import { toInstant, type Clock } from '../contracts/clock.ts';
import type { Company, Identifiers, IdentifierKind, WorldSeed } from '../seeds/index.ts';
import { TokenBucket } from './http/token-bucket.ts';
import type { Linked } from './store/gapped.ts';
import type { Store } from './store/store.ts';
import type { Switches } from './switches.ts';

/** One isolated Gem account, named by its API key. */
export class World {
  /** A name for the key that does not give it away. */
  readonly id: string;
  readonly company: Company;
  readonly store: Store;
  readonly clock: Clock;
  readonly switches: Switches;
  readonly bucket: TokenBucket | undefined;
  /** Where the server is reached, for links to it. */
  readonly url: string;
  readonly #identifiers: Identifiers;
  readonly #linkSecret: string;
  #keptLinks = { period: NaN, links: new WeakMap<Linked, Buffer>() };

  constructor(options: {
    key: string;
    seed: Omit<WorldSeed, 'records'> & { store: Store };
    clock: Clock;
    switches: Switches;
    url: string;
  }) {
    this.id = createHash('sha256').update(options.key).digest('hex').slice(0, 16);
    this.company = options.seed.company;
    this.store = options.seed.store;
    this.clock = options.clock;
    this.switches = options.switches;
    this.url = options.url;
    this.#identifiers = options.seed.identifiers;
    this.#linkSecret = options.key;
    if (options.switches.rate_limit !== 'off') {
      this.bucket = new TokenBucket(options.clock, options.switches.rate_limit);
    }
  }

  /** The present instant, as Gem writes it. */
  now(): string {
    return toInstant(this.clock.now());
  }

  nextId(kind: IdentifierKind): string {
    return this.#identifiers.next(kind);
  }

  /** All that it takes to go on with this world later. */
  seed(): WorldSeed {
    return { company: this.company, records: this.store.records(), identifiers: this.#identifiers.fork() };
  }

  /** The period of link validity that now lies in: links, and so the bytes that hold them, change with it. */
  linkPeriod(): number {
    return Math.floor(this.clock.now() / (this.switches.attachment_link_seconds * 1000));
  }

  /** A link to an attachment that works for at least the switch's time, and at most twice that. */
  attachmentLink(attachment: Linked): string {
    const expires = (this.linkPeriod() + 2) * this.switches.attachment_link_seconds;
    const path = `/attachments/${this.id}/${attachment.id}/${encodeURIComponent(attachment.filename)}`;
    return `${this.url}${path}?expires=${expires}&signature=${this.signLink(attachment.id, String(expires))}`;
  }

  /** The same link as JSON. It stays the same for a whole period and is kept as long. */
  readonly linkInJson = (attachment: Linked): Buffer => {
    const period = this.linkPeriod();
    if (period !== this.#keptLinks.period) this.#keptLinks = { period, links: new WeakMap() };
    let link = this.#keptLinks.links.get(attachment);
    if (!link) {
      link = Buffer.from(JSON.stringify(this.attachmentLink(attachment)));
      this.#keptLinks.links.set(attachment, link);
    }
    return link;
  };

  /** The signature that a link to an attachment has to carry. */
  signLink(attachmentId: string, expires: string): string {
    return createHmac('sha256', this.#linkSecret).update(`${attachmentId}\n${expires}`).digest('base64url');
  }
}
