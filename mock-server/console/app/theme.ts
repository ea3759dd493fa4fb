import { signal } from '@preact/signals';

/** Light, dark, or as the machine has it. */
export type Theme = 'system' | 'light' | 'dark';

const name = 'mock-gem-theme';

/** The theme that was chosen in this browser; `theme.js` sets it before anything is painted. */
export const theme = signal<Theme>(readTheme(localStorage.getItem(name)));

/** Chooses a theme and keeps it. */
export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  if (chosen === 'system') {
    localStorage.removeItem(name);
    delete document.documentElement.dataset['theme'];
  } else {
    localStorage.setItem(name, chosen);
    document.documentElement.dataset['theme'] = chosen;
  }
}

function readTheme(text: string | null): Theme {
  return text === 'light' || text === 'dark' ? text : 'system';
}
