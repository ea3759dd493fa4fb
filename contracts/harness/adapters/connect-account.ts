import type { Account } from '../adapter.ts';
import { readPage, type HtmlForm, type HtmlPage } from './html-page.ts';
import { Refused, type UnifiedApi } from './unified-api.ts';

/**
 * Connects a Gem account as a customer does. It creates a link, opens its page, enters the key, chooses the acting user, and
 * fetches the integration by the token of the last page.
 *
 * @returns the integration's id
 * @throws Error in one line with the step that failed, and the message of the page
 */
export async function connectAccount(api: UnifiedApi, account: Account): Promise<string> {
  const { link } = await askForLink(api, account);
  const entry = await open(link);
  const choices = await submit(entry, 'key', { key: account.apiKey }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${reason} Does the connector read from ${account.url}?`, { cause: error });
  });
  // A page need not ask for the job board; without it, postings have no address.
  const board = choices.forms.some(({ fields }) => fields.includes('job_board')) && {
    job_board: account.jobBoard,
  };
  const end = await submit(choices, 'user', { user: userIn(choices, account), ...board });
  const { token } = end.data;
  if (token === undefined)
    throw new Error(`the connection page handed out no data-token at its end${saidBy(end)}`);
  const { id } = await api.read<{ id: string }>(`/connect/integration-by-token/${encodeURIComponent(token)}`);
  return id;
}

async function askForLink(api: UnifiedApi, account: Account): Promise<{ link: string }> {
  try {
    return await api.read<{ link: string }>('/connect/create-link', {
      method: 'POST',
      body: {
        end_user_email: 'verification@example.com',
        end_user_organization_name: `Verification ${account.jobBoard}`,
        end_user_origin_id: account.apiKey.slice(0, 8),
        integration_category: 'ATS',
        integration_tool: 'gem',
      },
    });
  } catch (error) {
    if (!(error instanceof Refused) || (error.status !== 404 && error.status !== 405)) throw error;
    throw new Error(
      `${error.message}; the address must be what a Kombo client takes as its server_url. A connector without a connection page is verified through an adapter`,
      { cause: error },
    );
  }
}

/** Submits the form with a certain field, and gives the page that follows. Other fields keep their values. */
async function submit(
  page: HtmlPage,
  field: string,
  values: Readonly<Record<string, string>>,
): Promise<HtmlPage> {
  const form = formWith(page, field);
  const fields = new URLSearchParams({ ...form.values, ...values });
  const target = new URL(form.action, page.url);
  if (form.method === 'get') return open(`${target.origin}${target.pathname}?${fields}`);
  return open(target.href, { method: 'POST', body: fields });
}

function formWith(page: HtmlPage, field: string): HtmlForm {
  const form = page.forms.find(({ fields }) => fields.includes(field));
  if (form) return form;
  throw new Error(
    `the connection page has no form with "${field}"${saidBy(page)}; a connector with another page is verified through an adapter`,
  );
}

/** The acting user, if the page offers it. */
function userIn(page: HtmlPage, { actingUserId, url }: Account): string {
  const { options } = formWith(page, 'user');
  const offered = options['user'] ?? [];
  if (offered.length === 0 || offered.includes(actingUserId)) return actingUserId;
  throw new Error(
    `the connection page does not offer the Gem user ${actingUserId}; does the connector read from ${url}?`,
  );
}

async function open(url: string, init: RequestInit = {}): Promise<HtmlPage> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(pageLimit) }).catch(
    (error: unknown) => {
      throw new Error(
        `the connection page got no answer: ${error instanceof Error ? error.message : String(error)}`,
        {
          cause: error,
        },
      );
    },
  );
  const page = readPage(response.url, await response.text());
  if (!response.ok) throw new Error(`the connection page answered ${response.status}${saidBy(page)}`);
  return page;
}

/** Milliseconds. The page calls Gem in this time. */
const pageLimit = 60_000;

/** What a person would read there: the alert, or the title of the page. */
function saidBy({ alert, title }: HtmlPage): string {
  const words = alert ?? title;
  return words === undefined ? '' : `: ${words}`;
}
