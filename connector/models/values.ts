// What the columns of a row may hold.

/** PostgreSQL types that a column may have. */
export type ColumnType = 'text' | 'boolean' | 'integer' | 'jsonb' | 'timestamptz';

/** What a column of a type holds, as the mapping writes it; a moment is in UTC with milliseconds and `Z`. */
export type ValueOf<Type extends ColumnType> = Type extends 'boolean'
  ? boolean
  : Type extends 'integer'
    ? number
    : Type extends 'jsonb'
      ? unknown
      : string;
