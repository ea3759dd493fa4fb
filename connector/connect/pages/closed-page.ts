import { html } from '../../../contracts/page/html.ts';
import { layout } from './layout.ts';

/** Why there is nothing to do. */
export type Closed = 'unknown' | 'used' | 'too-many' | 'not-ours' | 'unreadable' | 'away' | 'failed';

/** A page without a form. */
export function closedPage(closed: Closed): string {
  const { title, advice } = reasons[closed];
  return layout({
    title,
    body: html`<h1>${title}</h1>
      <p class="lead">${advice}</p>`,
  });
}

const reasons: Readonly<Record<Closed, { title: string; advice: string }>> = {
  unknown: {
    title: 'This link does not work',
    advice: 'It has expired, or part of it is missing. Ask whoever sent it to you for a new one.',
  },
  used: {
    title: 'This link was used',
    advice: 'The account is connected. To change something about it, ask for a new link.',
  },
  'too-many': {
    title: 'Too many keys were tried',
    advice: 'This link takes no more of them. Ask whoever sent it to you for a new one.',
  },
  'not-ours': {
    title: 'This did not come from our page',
    advice: 'Open the link that you were sent, and fill in the form there.',
  },
  unreadable: {
    title: 'This could not be read',
    advice: 'Open the link that you were sent, and fill in the form there.',
  },
  away: {
    title: 'Not to be reached at the moment',
    advice: 'Open the link once more in a few minutes. Nothing that was connected is lost.',
  },
  failed: {
    title: 'Something failed on our side',
    advice: 'Open the link once more in a few minutes. What was entered may have to be entered again.',
  },
};
