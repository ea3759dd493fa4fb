import type { ComponentChildren } from 'preact';
import { CopyButton } from './copy-button.tsx';

interface JsonOptions {
  value: unknown;
  /** Where a text leads, such as the record that an id names. */
  linkOf?: (text: string, field: string) => string | undefined;
}

/** JSON with its colours. What it holds is data: it is never read as markup. */
export function Json({ value, linkOf }: JsonOptions) {
  const text = JSON.stringify(value, null, 2) ?? '';
  return (
    <div class="json">
      <CopyButton text={text} />
      {/* A long text scrolls within itself, so the keyboard has to reach it. */}
      <pre tabIndex={0} role="region" aria-label="JSON">
        {text.length > longest ? text : write(value, '', '', linkOf)}
      </pre>
    </div>
  );
}

/** Characters that are coloured; more would make the page slow. */
const longest = 200_000;

function write(
  value: unknown,
  indent: string,
  field: string,
  linkOf: JsonOptions['linkOf'],
): ComponentChildren {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return [
      '[',
      ...value.map((one, at) => [`${at === 0 ? '' : ','}\n${deeper}`, write(one, deeper, field, linkOf)]),
      `\n${indent}]`,
    ];
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) return '{}';
    return [
      '{',
      ...entries.map(([name, one], at) => [
        `${at === 0 ? '' : ','}\n${deeper}`,
        <b>{JSON.stringify(name)}</b>,
        ': ',
        write(one, deeper, name, linkOf),
      ]),
      `\n${indent}}`,
    ];
  }
  const text = JSON.stringify(value);
  if (typeof value !== 'string') return <i class={value === null ? 'null' : 'number'}>{text}</i>;
  const href = linkOf?.(value, field);
  return href === undefined ? <span class="string">{text}</span> : <a href={href}>{text}</a>;
}
