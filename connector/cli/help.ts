/** The text between the options and the environment. */
export const afterOptions = `
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

Secrets come from the environment only.`;

/** The text at the end. */
export const examples = `
Examples:
  $ GEM_API_KEY=… mock-gem connector --organization "Halden Robotics"
  $ curl http://127.0.0.1:4020/v1/ats/jobs -H "Authorization: Bearer <key>" -H "X-Integration-Id: <id>"

  $ export DATABASE_URL=postgres://… CONNECTOR_ENCRYPTION_KEY=… CONNECTOR_API_KEY=…
  $ GEM_API_KEY=… mock-gem connector --role api
  $ mock-gem connector --role worker     (as many as are needed)
`;
