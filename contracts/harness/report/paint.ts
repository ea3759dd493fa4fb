import { styleText } from 'node:util';

/** Ways to make text stand out on a terminal. */
export interface Paint {
  good(text: string): string;
  bad(text: string): string;
  bold(text: string): string;
  faint(text: string): string;
}

/** @param isColored otherwise text stays as it is */
export function paint(isColored: boolean): Paint {
  const styled = (style: Parameters<typeof styleText>[0]) => (text: string) =>
    // The caller knows the stream, and has decided about colour.
    isColored ? styleText(style, text, { validateStream: false }) : text;
  return { good: styled('green'), bad: styled('red'), bold: styled('bold'), faint: styled('dim') };
}

/** Whether a stream is to be coloured: when it is a terminal and NO_COLOR is unset or empty. */
export function isColored(
  stream: { isTTY?: boolean | undefined },
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  return stream.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}
