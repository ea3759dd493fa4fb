import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

interface DialogOptions {
  title: string;
  children: ComponentChildren;
  onClose: () => void;
  isWide?: boolean;
}

/** A dialog over the page: it takes the focus, closes with Escape, and gives the focus back. */
export function Dialog({ title, children, onClose, isWide = false }: DialogOptions) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    box.current?.showModal();
    focusFirst(box.current);
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class={isWide ? 'wide' : ''}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === box.current && onClose()}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <button type="button" class="quiet" aria-label="Close" onClick={onClose}>
          ✕
        </button>
      </header>
      <div class="inside">{children}</div>
    </dialog>
  );
}

/** Puts the focus where somebody begins to fill in, or to answer. */
export function focusFirst(box: HTMLElement | null): void {
  const first = box?.querySelector<HTMLElement>(
    '.inside :is(input, select, textarea), .inside .primary, .inside .danger',
  );
  first?.focus();
}

interface QuestionOptions {
  title: string;
  text: string;
  /** What the button says that does it. */
  action: string;
  onYes: () => void;
  onClose: () => void;
}

/** Asks before something is done that cannot be taken back. */
export function Question({ title, text, action, onYes, onClose }: QuestionOptions) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <div class="actions">
        <button
          type="button"
          class="danger"
          onClick={() => {
            onClose();
            onYes();
          }}
        >
          {action}
        </button>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
}
