import { createHash } from 'node:crypto';
import { Html } from './html.ts';
import { tokens } from './tokens.ts';

/** What all pages of the project have in common: colours by day and by night, type, and the grades of evidence. */
export const baseStyle = `${tokens}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 var(--sans); }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
code, pre { font: var(--text-2)/1.5 var(--mono); overflow-wrap: anywhere; }
.source { color: var(--soft); font-size: .88rem; display: block; }
.grade { font-size: .75rem; padding: .05rem .5rem; border-radius: 999px; border: 1px solid currentcolor; white-space: nowrap; }
.grade.documented { color: var(--documented); } .grade.observed { color: var(--observed); }
.grade.lineage { color: var(--lineage); } .grade.assumed { color: var(--assumed); }
`;

const text = `${baseStyle}
html { scroll-padding-top: 1rem; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .3rem .6rem; z-index: 1; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: .8rem 1.5rem; background: var(--paper); border-bottom: 1px solid var(--line); }
header nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; } header a { text-decoration: none; } header a:hover { text-decoration: underline; }
.frame { display: grid; grid-template-columns: 14rem minmax(0, 52rem); gap: 3rem; justify-content: center; padding: 0 1.5rem 6rem; }
.contents { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 2rem .25rem 2rem; font-size: .93rem; }
.contents ul { list-style: none; margin: 0; padding: 0; } .contents li { display: flex; justify-content: space-between; padding: .16rem 0; }
.contents li[hidden] { display: none; }
.contents a { color: inherit; text-decoration: none; } .contents a:hover { color: var(--accent); text-decoration: underline; }
.contents small, #found { color: var(--soft); font-size: .85rem; }
.contents label { display: block; font-weight: 600; margin-bottom: .2rem; } #filter-field { margin: 0 0 1.2rem; }
input { width: 100%; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--edge); border-radius: 8px; padding: .4rem .6rem; }
textarea { width: 100%; font: var(--text-2)/1.5 var(--mono); color: inherit; background: var(--paper); border: 1px solid var(--edge); border-radius: 8px; padding: .4rem .6rem; }
input::placeholder, textarea::placeholder { color: var(--soft); opacity: 1; }
main { padding-top: 1.6rem; min-width: 0; } main:focus { outline: none; }
h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -.015em; margin: 0 0 .3rem; } h1 small { font-weight: 400; font-size: 1.1rem; color: var(--soft); }
h2 { font-size: 1.25rem; margin: 2.8rem 0 .4rem; letter-spacing: -.01em; } h2 + p { margin-top: 0; color: var(--soft); }
h3 { font-size: .95rem; font-weight: 600; margin: 0; } h4 { font-size: .85rem; font-weight: 600; margin: 1.3rem 0 .3rem; color: var(--soft); }
p, ul { margin: .6rem 0; } main li { margin: .2rem 0; } .lead { font-size: 1.1rem; color: var(--soft); }
.box { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; margin: .4rem 0; }
.box:has(:target) { border-color: var(--accent); }
summary { display: flex; flex-wrap: wrap; gap: .1rem .8rem; align-items: baseline; padding: .55rem 1rem; cursor: pointer; list-style: none; border-radius: 10px; }
summary::-webkit-details-marker { display: none; } summary:hover { background: var(--tint); }
summary h3 { flex: 0 1 auto; } .name { flex: 1; color: var(--soft); min-width: 9rem; font-size: .93rem; }
.method { display: inline-block; min-width: 3.9rem; font-size: .78rem; letter-spacing: .03em; color: var(--write); }
.method.get { color: var(--read); } .method.delete { color: var(--drop); }
.inside { padding: .2rem 1rem 1rem; scroll-margin-top: 4rem; border-top: 1px solid var(--line); position: relative; }
.anchor { font: var(--text-2)/1.5 var(--mono); text-decoration: none; display: inline-block; margin-top: .6rem; }
.anchor::before { content: '#'; } .anchor:hover { text-decoration: underline; }
.fields { margin: .3rem 0; } .fields > div { display: grid; grid-template-columns: minmax(0, 17rem) minmax(0, 1fr); gap: 0 1.5rem; padding: .45rem 0; border-top: 1px solid var(--line); }
.fields > div:first-child { border-top: 0; } .fields > div:target { background: var(--tint); }
section > .fields { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: .3rem 1rem; }
dd { margin: 0; min-width: 0; } dd .fields { grid-column: 1 / -1; } dd .fields > div { grid-template-columns: minmax(0, 1fr); }
.type { display: block; color: var(--soft); font-size: .88rem; overflow-wrap: anywhere; } .refusals { font-size: .93rem; color: var(--soft); }
pre { position: relative; background: var(--ground); border: 1px solid var(--line); border-radius: 8px; padding: .7rem .9rem; margin: .3rem 0; white-space: pre-wrap; }
.deeds { float: right; margin-top: -1.75rem; }
button { font: inherit; font-size: .85rem; color: var(--accent); background: none; border: 0; padding: .1rem .3rem; cursor: pointer; }
button:hover { text-decoration: underline; }
.try { border: 1px solid var(--line); border-radius: 8px; padding: .5rem .9rem .9rem; margin: .3rem 0; }
.try label { display: block; font-size: .85rem; color: var(--soft); margin: .3rem 0; } .try input { font: var(--text-2)/1.5 var(--mono); color: var(--ink); }
.try button { margin: .4rem 0 0; padding: .35rem .9rem; border: 1px solid var(--edge); border-radius: 8px; }
.try pre { max-height: 24rem; overflow: auto; }
.grades > div { grid-template-columns: 8rem minmax(0, 1fr); }
[hidden] { display: none; }
@media (max-width: 60rem) {
  header { padding: .7rem 1.1rem; } .frame { grid-template-columns: minmax(0, 1fr); gap: 0; padding: 0 1.1rem 4rem; }
  .contents { position: static; max-height: none; padding: 1.1rem 0 0; } .contents ul { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; }
  .contents li { gap: .3rem; } .fields > div { grid-template-columns: minmax(0, 1fr); } h1 { font-size: 1.6rem; }
}
`;

/** The look of the page: quiet, by day and by night, on a desk and in a hand. */
export const style = new Html(`<style>${text}</style>`);

/** Names the style in the page's Content-Security-Policy, so that no other one is let in. */
export const styleHash = `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
