/** What stands below the options. */
export const verifyConnectorHelp = `
In each made-up world the connector syncs, is read, recruiters do something, it syncs again, and then it writes. Where a
rule breaks, the smallest world that breaks it is looked for, and shown with what was expected and what there was.

Then the rules that held are looked at once more in a few worlds that vary: each thing that nothing proves, a field that is
null or missing, a header, the answer to a write, takes one of the forms that the facts leave open. All that is still sent
has to come out as before. Where it does not, the fewest guesses are looked for that the connector rests on; contracts/promises.md
lists them all.

  --url       The connector has to read from the emulator (http://127.0.0.1:4010 unless told), and to have a connection
              page: each world is an account that is connected by POST /connect/create-link.
  --adapter   The module's default export, or what the function there gives, has
                sync(account, 'FULL' | 'DELTA')   list(account, name, query)   act(account, call)
              and, where not everything is covered, covers: ['jobs.location', …]. When one of them throws, what is shown is
              the world in which it did, and where: the lines of its stack.
  --timeout   A call that takes longer has failed: 30 seconds, 10 minutes.
  --command   One line of JSON on standard input for each call, one on standard output for each answer:
                {"id":1,"call":"covers"}                                    {"id":1,"result":["jobs.location"]}
                {"id":2,"call":"sync","account":{…},"type":"FULL"}          {"id":2,"result":null}
                {"id":3,"call":"list","account":{…},"list":"jobs","query":{}}  {"id":3,"result":[…]}
                {"id":4,"call":"act","account":{…},"method":"POST","path":"/ats/…","body":{…}}
                                                                            {"id":4,"result":{"status":200,"body":{…}}}
              or {"id":4,"error":{"message":"…"}}. What belongs to no answer goes to standard error.

Environment:
  CONNECTOR_API_KEY        key of the unified API, with --url
  MOCK_GEM_CONTROL_TOKEN   token of the emulator's control API, with --gem, if it has one
  GEM_APPLICATION_SECRET   the partner's secret at the emulator, if it is not the usual one

Exit codes: 0 every rule held that was looked at, 1 one was broken, 2 it could not be verified, 130 it was broken off.

Examples:
  mock-gem verify connector                                        this project's own connector
  mock-gem verify connector --adapter ./adapter.ts --junit rules.xml --html rules.html
  mock-gem verify connector --command 'python3 adapter.py' --rule first-office
  CONNECTOR_API_KEY=… mock-gem verify connector --url http://127.0.0.1:4020/v1
  mock-gem verify connector --rule first-office --seed 1 --replay 0:1:1
  mock-gem verify connector --variation 'Application.rejected_at=null when unset'
  mock-gem verify connector --adapter ./adapter.ts --out broken && mock-gem serve --scenario ./broken/first-office.yaml`;
