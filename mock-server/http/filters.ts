/** Decides whether a record belongs into a listing. */
export type Filter<Row> = (record: Row) => boolean;

/** The filters that were asked for: what is undefined was not. */
export function filters<Row>(...given: (Filter<Row> | undefined)[]): Filter<Row>[] {
  return given.filter((filter) => filter !== undefined);
}

/** `value` as it stands. */
export function equals<Row>(value: unknown, of: (record: Row) => unknown): Filter<Row> | undefined {
  return value === undefined ? undefined : (record) => of(record) === value;
}

/** A list that has `value` in it. */
export function contains<Row>(
  value: string | undefined,
  of: (record: Row) => readonly string[],
): Filter<Row> | undefined {
  return value === undefined ? undefined : (record) => of(record).includes(value);
}

/**
 * A time span: `after` is included, `before` is not (gem-ats-api §1.6). Both take any ISO-8601 instant; records
 * hold theirs in one form, so that they compare as text.
 */
export function between<Row>(
  after: string | undefined,
  before: string | undefined,
  of: (record: Row) => string | null,
): Filter<Row> | undefined {
  if (after === undefined && before === undefined) return undefined;
  const from = after === undefined ? undefined : new Date(after).toISOString();
  const to = before === undefined ? undefined : new Date(before).toISOString();
  return (record) => {
    const instant = of(record);
    if (instant === null) return false;
    return (from === undefined || instant >= from) && (to === undefined || instant < to);
  };
}

interface CreatedQuery {
  created_after?: string;
  created_before?: string;
}

interface UpdatedQuery {
  updated_after?: string;
  updated_before?: string;
}

/** `created_after` and `created_before`. */
export function created<Row extends { created_at: string }>(query: CreatedQuery): Filter<Row> | undefined {
  return between(query.created_after, query.created_before, (record) => record.created_at);
}

/** `updated_after` and `updated_before`. */
export function updated<Row extends { updated_at: string }>(query: UpdatedQuery): Filter<Row> | undefined {
  return between(query.updated_after, query.updated_before, (record) => record.updated_at);
}
