// What a page shows where there is nothing to show, or not yet.
import type { ComponentChildren } from 'preact';
import { reasonOf } from '../app/notices.tsx';

/** Nothing is here: what that means, and what to do next. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p>
        <b>{title}</b>
      </p>
      {children}
    </div>
  );
}

/** It could not be had, and why. */
export function Failed({ error, onAgain }: { error: unknown; onAgain?: () => void }) {
  return (
    <div class="empty bad" role="alert">
      <p>
        <b>{reasonOf(error)}</b>
      </p>
      {onAgain && (
        <button type="button" onClick={onAgain}>
          Try again
        </button>
      )}
    </div>
  );
}

/** It is on its way. */
export function Loading() {
  return <div class="empty loading" role="status" aria-label="Loading" />;
}
