"""A small connector, and beside it the adapter by which `mock-gem verify connector` speaks to it.

It reads jobs only, and of them only what COVERS names. Nothing but Python's own library is needed:

    mock-gem verify connector --command 'python3 adapter.py' --rule first-office --rule first-department
"""

import json
import sys
import urllib.parse
import urllib.request

COVERS = ["jobs.location", "jobs.department", "jobs.job_code", "jobs.confidential"]


# The connector: it keeps what it read of each account, and shows it in the unified shape.

kept = {}


def sync(account):
    """Reads all jobs of an account. That deleted ones are no longer shown comes by itself: Gem leaves them out."""
    kept[account["apiKey"]] = [to_unified(job) for job in read_all(account, "/ats/v0/jobs/")]


def read_all(account, path):
    """Reads a list of Gem's, page by page."""
    page, records = 1, []
    while True:
        query = urllib.parse.urlencode({"page": page, "per_page": 100})
        headers = {"X-API-Key": account["apiKey"], "X-Application-Secret": account["applicationSecret"]}
        request = urllib.request.Request(f"{account['url']}{path}?{query}", headers=headers)
        with urllib.request.urlopen(request) as answer:
            found = json.load(answer)
        records += found
        if len(found) < 100:
            return records
        page += 1


def to_unified(job):
    offices, departments = job["offices"], job["departments"]
    return {
        "id": job["id"],
        "remote_id": job["id"],
        "location": to_location(offices[0]) if offices else None,
        "department": departments[0]["name"] if departments else None,
        "job_code": job["requisition_id"],
        "confidential": job["confidential"],
    }


def to_location(office):
    names = [office["location"]["name"], office["name"]]
    raw = next((name for name in names if name.strip()), None)
    return {"raw": raw} if raw else None


# The adapter: a line of JSON for each call, and a line of JSON for each answer.


def answer(call):
    if call["call"] == "covers":
        return COVERS
    if call["call"] == "sync":
        return sync(call["account"])
    if call["call"] == "list":
        return kept[call["account"]["apiKey"]] if call["list"] == "jobs" else []
    raise NotImplementedError(f"{call['call']} is not covered")


for line in sys.stdin:
    call = json.loads(line)
    try:
        reply = {"id": call["id"], "result": answer(call)}
    except Exception as error:  # whatever it is, the harness is to hear of it
        reply = {"id": call["id"], "error": {"message": f"{type(error).__name__}: {error}"}}
    print(json.dumps(reply), flush=True)
