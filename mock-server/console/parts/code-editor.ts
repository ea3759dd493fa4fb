// CodeMirror as the console uses it. Only `editor.tsx` loads this, when an editor is opened.
import {
  autocompletion,
  closeBrackets,
  completionKeymap,
  type CompletionSource,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { linter, lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { offersAt, type SchemaRoot } from './completion.ts';

/** Something that is wrong with a text, at its line. */
export interface EditorProblem {
  /** Counts from 1. */
  line: number;
  message: string;
}

export interface EditorSettings {
  label: string;
  language: 'json' | 'yaml';
  value: string;
  /** What the text is held against: the differences stand out. */
  original?: string;
  /** What the text is to fit: completion offers what it has at the place of the cursor. */
  schema?: SchemaRoot;
  problems?: readonly EditorProblem[];
  onChange: (text: string) => void;
}

/** An editor on the page. */
export interface CodeEditor {
  show: (problems: readonly EditorProblem[]) => void;
  close: () => void;
}

/** Opens an editor in a box. */
export function openEditor(box: HTMLElement, settings: EditorSettings): CodeEditor {
  const { label, language, value, original, schema, onChange } = settings;
  const view = new EditorView({
    parent: box,
    state: EditorState.create({
      doc: value,
      extensions: [
        EditorView.cspNonce.of(document.querySelector<HTMLMetaElement>('meta[name=nonce]')?.content ?? ''),
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        lintGutter(),
        autocompletion({ override: schema ? [complete(schema, language)] : [] }),
        // The key Tab leaves the editor, as everywhere on the page.
        keymap.of([...defaultKeymap, ...historyKeymap, ...completionKeymap]),
        language === 'json' ? [json(), linter(jsonParseLinter(), { delay: 200 })] : yaml(),
        syntaxHighlighting(colours),
        look,
        original === undefined ? [] : unifiedMergeView({ original, mergeControls: false }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    show: (problems) =>
      view.dispatch(
        setDiagnostics(
          view.state,
          problems.map((problem) => at(view, problem)),
        ),
      ),
    close: () => view.destroy(),
  };
}

function at({ state }: EditorView, { line, message }: EditorProblem): Diagnostic {
  const { from, to } = state.doc.line(Math.min(Math.max(1, line), state.doc.lines));
  return { from, to, severity: 'error', message };
}

function complete(schema: SchemaRoot, language: 'json' | 'yaml'): CompletionSource {
  return (context) => {
    const word = context.matchBefore(/[\w-]+/);
    const from = word?.from ?? context.pos;
    const before = context.state.sliceDoc(0, from);
    if (!word && !context.explicit) return null;
    const options = offersAt(schema, language, before).map(({ label, info, isKey }) => ({
      label,
      type: isKey ? 'property' : 'constant',
      apply: isKey && language === 'yaml' ? `${label}: ` : label,
      info: info ?? '',
    }));
    return options.length === 0 ? null : { from, options, validFor: /^[\w-]*$/ };
  };
}

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--write)' },
  { tag: [tags.comment, tags.meta], color: 'var(--soft)' },
]);

const look = EditorView.theme({
  '&': { fontSize: 'var(--text-1)', backgroundColor: 'var(--ground)', color: 'var(--ink)' },
  '&.cm-focused': { outline: '2px solid var(--accent)' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
  '.cm-gutters': { backgroundColor: 'var(--ground)', color: 'var(--soft)', border: '0' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--tint)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'light-dark(#cdd3f7, #3b4470)',
  },
  '.cm-tooltip': { backgroundColor: 'var(--paper)', border: '1px solid var(--line)', color: 'var(--ink)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--accent-ink)',
  },
  '.cm-changedLine': { backgroundColor: 'var(--good-tint)' },
  '.cm-deletedChunk': { backgroundColor: 'var(--bad-tint)' },
  '.cm-changedText, .cm-deletedText': { background: 'none', fontWeight: '600' },
});
