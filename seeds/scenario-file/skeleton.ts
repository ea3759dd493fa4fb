/**
 * A first file for a scenario: it passes the check, and says of each part what it is for.
 *
 * @param schema where the file's JSON Schema is, seen from the file
 */
export function scenarioSkeleton(name: string, schema: string): string {
  return `# yaml-language-server: $schema=${schema}
purpose: ${name.replaceAll('-', ' ')}; say here in one line what the scenario is for

# What it starts from: the name of a scenario (mock-gem scenario list), or the path of a file beside this one.
extends: team

# What may be chosen: mock-gem serve --scenario ./${name}.yaml --set people=20
parameters:
  people: { type: integer, default: 3, minimum: 0, description: how many people apply }

# New records by resource. What a record does not say is made up believably; it refers to others by their labels, and tells
# times as instants or from now.
records:
  candidates:
    - { as: zoe, first_name: Zoë, last_name: Großmann, created_at: 40 days ago }
    # Labelled person-1, person-2 …; \${number} is 1, 2 …
    - { as: person, count: '\${people}', created_at: '\${number} days ago' }
  applications:
    - { as: zoe-backend, candidate_id: zoe, job_id: backend, source_id: referral, current_stage_id: Onsite }
    - { count: '\${people}', candidate_id: 'person-\${number}', job_id: backend }

# Other values for inherited records, by label.
change:
  backend: { office_ids: [oslo, vienna] }

# Records that were deleted, as tombstones. (Under "remove" stand those that there never were.)
delete:
  - { record: backend-post, at: 2 days ago }

# What recruiters do as the world's clock goes on.
timeline:
  - { after: 1 day, do: reject, application: zoe-backend, reason: withdrew }
  - { after: 2 days, do: create, resource: candidates, as: late, set: { first_name: Late, last_name: Comer } }
  - { after: 2 days, do: create, resource: applications, set: { candidate_id: late, job_id: backend } }
`;
}
