/**
 * What all pages of the project have in common, in one sheet: colours by day and by night, type and space. The pages of the
 * descriptions, the connect pages, the harness's report and the console take them from here. Light or dark is as the reader's
 * machine has it, unless the page says `data-theme`.
 */
export const tokens = `
:root { color-scheme: light dark;
  --ink: light-dark(#1c2430, #e8ebf1); --soft: light-dark(#566173, #a3adbd); --line: light-dark(#dde2ea, #353d4b);
  --edge: light-dark(#8590a2, #77839a); --paper: light-dark(#fff, #1a1f29); --ground: light-dark(#f6f7f9, #11151c);
  --accent: light-dark(#4338ca, #a5b0ff); --accent-ink: light-dark(#fff, #11151c); --tint: light-dark(#eef0fd, #242b45);
  --read: light-dark(#1d4ed8, #8db4ff); --write: light-dark(#92400e, #f3b569); --drop: light-dark(#b3261e, #ff9d94);
  --good: light-dark(#15704a, #6fd3a5); --good-tint: light-dark(#e9f6ef, #183126);
  --bad: light-dark(#b3261e, #ff9d94); --bad-tint: light-dark(#fdf0ef, #3a2220); --warn-tint: light-dark(#fdf5e7, #352a18);
  --documented: var(--good); --observed: light-dark(#0b6477, #74cfe0); --lineage: var(--write); --assumed: var(--bad);
  --sans: system-ui, -apple-system, 'Segoe UI', sans-serif; --mono: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
  --text-1: .75rem; --text-2: .8125rem; --text-3: .875rem; --text-4: 1rem; --text-5: 1.25rem; --text-6: 1.7rem;
  --space-1: .25rem; --space-2: .5rem; --space-3: .75rem; --space-4: 1rem; --space-5: 1.5rem; --space-6: 2.5rem;
  --round-1: 6px; --round-2: 10px; }
:root[data-theme=light] { color-scheme: light; }
:root[data-theme=dark] { color-scheme: dark; }
`;
