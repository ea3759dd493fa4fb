import { useEffect, useRef, useState } from 'preact/hooks';
import type { CodeEditor, EditorSettings } from './code-editor.ts';

/** An editor for JSON or YAML. Its code is large, so it is loaded when the first one is opened. */
export function Editor({
  problems,
  ...settings
}: EditorSettings & { problems?: EditorSettings['problems'] }) {
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor>(undefined);
  const latest = useRef(settings.onChange);
  latest.current = settings.onChange;
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    let isWanted = true;
    const open = async (): Promise<void> => {
      const { openEditor } = await import('./code-editor.ts');
      if (!isWanted || !box.current) return;
      editor.current = openEditor(box.current, { ...settings, onChange: (text) => latest.current(text) });
      setReady(true);
    };
    void open();
    return () => {
      isWanted = false;
      editor.current?.close();
    };
    // A new text is another editor: its key says so.
  }, []);
  useEffect(() => editor.current?.show(problems ?? []), [problems, isReady]);
  return <div class="editor" ref={box} aria-busy={!isReady} />;
}
