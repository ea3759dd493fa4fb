import { Html } from './html.ts';

/** The look of the page: readable by day and by night. */
export const style = new Html(`
:root { color-scheme: light dark; --line: color-mix(in srgb, currentcolor 18%, transparent); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 small { font-weight: normal; opacity: .6; }
h2 { margin-top: 2.2rem; text-transform: capitalize; }
code { font: 13px/1.4 ui-monospace, monospace; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: normal; opacity: .6; }
i, .source { opacity: .6; }
details { border: 1px solid var(--line); border-radius: 6px; margin: .4rem 0; padding: .4rem .8rem; }
details[open] { padding-bottom: .8rem; }
summary { cursor: pointer; display: flex; flex-wrap: wrap; gap: .6rem; align-items: baseline; }
.summary { flex: 1; opacity: .8; }
.method { min-width: 3.6rem; color: #2563eb; }
.method.post, .method.put, .method.patch { color: #b45309; }
.method.delete { color: #b91c1c; }
.grade { font-size: 12px; padding: .05rem .5rem; border-radius: 999px; border: 1px solid currentcolor; white-space: nowrap; }
.grade.documented { color: #15803d; }
.grade.observed { color: #0e7490; }
.grade.lineage { color: #b45309; }
.grade.assumed { color: #b91c1c; }
.alternatives { font-size: 12px; }
@media (prefers-color-scheme: dark) {
  .method, .grade { filter: brightness(1.6); }
}
`);
