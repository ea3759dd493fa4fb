/** One part of what was looked for: a text, or an operator with its value. */
export interface SearchTerm {
  /** Undefined for a text. */
  operator: string | undefined;
  value: string;
  /** Whether it is turned round. */
  isNegated: boolean;
}

/**
 * Takes apart what a person typed into a search box: words, `"quoted texts"`, `operator:value` and `operator:"value"`, each of
 * them turned round by a minus in front.
 */
export function readSearch(text: string): SearchTerm[] {
  return [...text.matchAll(term)].map(([, minus, operator, quoted, plain = '']) => ({
    operator: operator?.toLowerCase(),
    // A quote that is not closed yet is one that is still being typed.
    value: quoted === undefined ? plain.replace(/^"/, '') : quoted.replaceAll(/\\(["\\])/g, '$1'),
    isNegated: minus === '-',
  }));
}

const term = /(?<!\S)(-?)(?:([a-z_]+):)?(?:"((?:[^"\\]|\\.)*)"|(\S*))(?<=\S)/gi;

/** Something typed that cannot be searched for; the message says what to do. */
export class SearchProblem extends Error {
  /** The parameter that it stands in. */
  readonly parameter: 'q' | 'sort';

  constructor(message: string, parameter: 'q' | 'sort' = 'q') {
    super(message);
    this.parameter = parameter;
  }
}
