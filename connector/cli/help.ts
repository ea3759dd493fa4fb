/** The text below the options. */
export const help = (variables: readonly Variable[]) => `
Roles:
  both     answers calls and does the work behind them; all that a laptop needs (the default)
  api      only answers, and leaves syncs to workers
  worker   only works: syncs that are due, and those that were asked for; it listens on no port

The data is kept by an embedded PostgreSQL in --data-directory, which one process can have open. With DATABASE_URL, it
is kept by a PostgreSQL server, and any number of processes on any number of machines share it. A worker that dies is
noticed within seconds, and another one goes on behind the last page that was written.

Once connected, an account is synced in full every ten hours, and what changed every three. The state of its syncs:
  $ curl <url>/v1/integrations/<id>/syncs -H "Authorization: Bearer <key>"

Who wants to see at Gem which applications came through this connector makes a source of the type Other there and names
it with --automatic-source. On the connection page, customers choose theirs by themselves.

A new key for an account that is connected already takes the place of the old one once Gem refuses that; --relink does it
at once. The integration keeps its id and its data.

Secrets come from the environment only:
${variables.map(describe).join('')}
Examples:
  $ GEM_API_KEY=… mock-gem connector --organization "Halden Robotics"
  $ curl http://127.0.0.1:4020/v1/ats/jobs -H "Authorization: Bearer <key>" -H "X-Integration-Id: <id>"

  $ export DATABASE_URL=postgres://… CONNECTOR_ENCRYPTION_KEY=… CONNECTOR_API_KEY=…
  $ GEM_API_KEY=… mock-gem connector --role api
  $ mock-gem connector --role worker     (as many as are needed)
`;

/** A variable of the environment. */
interface Variable {
  variable: string;
  about: string;
}

const [indent, width] = [26, 119];

/** The name in one column, the text in another; a long name has a line of its own. */
function describe({ variable, about }: Variable): string {
  const lines = [''];
  for (const word of about.split(' ')) {
    const longer = lines.at(-1) === '' ? word : `${lines.at(-1)} ${word}`;
    if (indent + longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const name = `  ${variable}`;
  const first = name.length < indent - 1 ? name.padEnd(indent) : `${name}\n${' '.repeat(indent)}`;
  return `${first}${lines.join(`\n${' '.repeat(indent)}`)}\n`;
}
