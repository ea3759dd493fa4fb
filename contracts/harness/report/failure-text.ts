import type { Entry } from '../../report.ts';
import { showValue, shorten } from './show-value.ts';
import { headings } from './summary.ts';

/** Everything about a broken entry, as plain text of any width. */
export function failureText({ statement, evidence, remark, contradictions, example }: Entry): string {
  const blocks = [
    `${statement}\n(${evidence.grade}: ${evidence.source})`,
    ...(remark === undefined ? [] : [remark]),
    ...contradictions.map(
      ({ about, what, expected, got, trace }) =>
        `${about}: ${what}\nexpected: ${value(expected)}\n     got: ${value(got)}${trace === undefined ? '' : `\n${trace}`}`,
    ),
    ...(example
      ? [
          `${headings.example}:\n${example.scenario.trimEnd()}`,
          ...(example.actions.length > 0 ? [`${headings.actions}:\n${example.actions.join('\n')}`] : []),
          `${headings.replay}:\n${example.replay}`,
        ]
      : []),
  ];
  return `\n${blocks.join('\n\n')}\n`;
}

function value(of: unknown): string {
  return shorten(showValue(of), 5000).replaceAll('\n', '\n          ');
}
