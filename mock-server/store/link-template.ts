import type { Part } from '../../contracts/server/serialised.ts';

/** An attachment, as far as a link to it follows from it. */
export interface LinkedFile {
  readonly id: string;
  readonly filename: string;
}

/**
 * The bytes of a record with places where each world puts its own links: links age, and no world may send another's,
 * but all the rest is the same wherever the record is.
 */
export class LinkTemplate {
  readonly #pieces: readonly Part[];
  readonly #links: readonly LinkedFile[];

  private constructor(pieces: readonly Part[], links: readonly LinkedFile[]) {
    this.#pieces = pieces;
    this.#links = links;
  }

  /**
   * Cuts JSON at the text that stands for each link.
   *
   * @param links what belongs into the places, in their order
   * @param save puts the pieces where they stay
   * @returns undefined when the record itself holds such a text, so that a place for a link cannot be told from it
   */
  static cut(
    json: string,
    links: readonly LinkedFile[],
    save: (pieces: readonly string[]) => Part[],
  ): LinkTemplate | undefined {
    const pieces = json.split(JSON.stringify(linkPlaceholder));
    return pieces.length === links.length + 1 ? new LinkTemplate(save(pieces), links) : undefined;
  }

  /**
   * The whole of it, with a world's links, in one piece behind a comma: so a page has few pieces to put together.
   *
   * @param linkTo gives the link to an attachment
   */
  fill(linkTo: (attachment: LinkedFile) => string): Part {
    const pieces: Buffer[] = [comma];
    for (const [index, { bytes, start, end }] of this.#pieces.entries()) {
      const link = this.#links[index];
      pieces.push(bytes.subarray(start, end));
      if (link) pieces.push(Buffer.from(JSON.stringify(linkTo(link))));
    }
    const bytes = Buffer.concat(pieces);
    return { bytes, start: 1, end: bytes.length, isBehindComma: true };
  }
}

const comma = Buffer.from(',');

/** Stands for a link until a world puts its own there. No sensible text is this one. */
export const linkPlaceholder = '\u0000link';
