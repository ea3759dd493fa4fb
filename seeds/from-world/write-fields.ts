import { createKit, type Kit } from '../factories/kit.ts';
import { completeParts, isShortPart } from '../factories/parts.ts';
import { mapTexts, recordSchema, type ResourceName } from '../records.ts';
import { tellMoment } from '../times.ts';
import type { Fields } from '../scenario-file/structure.ts';

/** Writes the fields of records as people write them in a scenario's file. */
export class FieldWriter {
  readonly #now: number;
  readonly #labelOf: (id: string) => string | undefined;
  readonly #kit: Kit;
  /** Whether a text had what a file would take for a parameter. */
  hasDollars = false;

  /**
   * @param now the instant that times are told from
   * @param labelOf gives the label of a record's id
   */
  constructor(now: string, labelOf: (id: string) => string | undefined) {
    this.#now = Date.parse(now);
    this.#labelOf = labelOf;
    this.#kit = createKit('', now);
  }

  /** The parameter that stands for a dollar where one is no sign of a parameter. */
  readonly parameters = {
    dollar: { type: 'string', default: '$', description: 'the letter itself' },
  } as const;

  /** A field's value. @param isWhole with the ids of its parts, which are made anew otherwise */
  field(resource: ResourceName, field: string, value: unknown, isWhole: boolean): unknown {
    const schema = recordSchema(resource);
    const told = mapTexts(schema, { [field]: value }, (text, { format, 'x-refers-to': target }) => {
      if (target) return this.#labelOf(text) ?? text;
      return format === 'date-time' || format === 'date' ? tellMoment(text, this.#now) : this.text(text);
    });
    // The only field is the one that was given.
    const written = (told as Fields)[field];
    if (isWhole || !isShortPart(resource, field)) return written;
    return Array.isArray(written)
      ? written.map((part: unknown, index) => this.#short(resource, field, part, index))
      : this.#short(resource, field, written, undefined);
  }

  /** The fields of an edit. */
  fields(resource: ResourceName, fields: Fields): Fields {
    return Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [field, this.field(resource, field, value, true)]),
    );
  }

  /** A text of which no part is taken for a parameter. */
  text(text: string): string {
    if (!/\$\{\w+\}/.test(text)) return text;
    this.hasDollars = true;
    return text.replaceAll(/\$(?=\{\w+\})/g, '${dollar}');
  }

  /** All texts of a group. */
  texts<Group extends object>(group: Group): Group {
    const written = Object.entries(group).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'string' ? this.text(value) : value,
    ]);
    // Texts became other texts.
    return Object.fromEntries(written) as Group;
  }

  /** A part without what is added to it anyway; the text alone where only that is left. */
  #short(resource: ResourceName, field: string, part: unknown, index: number | undefined): unknown {
    if (typeof part !== 'object' || part === null) return part;
    const completed = completeParts(this.#kit, resource, {
      [field]: index === undefined ? mark : Array.from({ length: index + 1 }, () => mark),
    })[field];
    // A mark was completed to a group.
    const added = (index === undefined ? completed : (completed as Fields[])[index]) as Fields;
    const left = Object.entries(field === 'interviews' ? withoutGuideIds(part) : part).filter(
      ([key, value]) => !(key in added) || withoutIds(value, key) !== withoutIds(added[key], key),
    );
    const [only] = left;
    const isText = left.length === 1 && only && added[only[0]] === mark && typeof only[1] === 'string';
    return isText ? only[1] : Object.fromEntries(left);
  }
}

/** No text of a record. */
const mark = '\u{f0000}';

function withoutIds(value: unknown, key: string): string | undefined {
  if (key === 'id' || key === 'item_id') return '';
  return JSON.stringify(value, (name, inside: unknown) => (name === 'id' ? undefined : inside));
}

/** An interview of a stage whose guide is written without ids. */
function withoutGuideIds(part: object): object {
  const copy: unknown = JSON.parse(
    JSON.stringify(part, (name, inside: unknown) => (name === 'id' ? undefined : inside)),
  );
  return { ...part, ...(copy as object) };
}
