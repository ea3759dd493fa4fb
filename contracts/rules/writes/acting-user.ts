import { applicant } from '../cases/stages.ts';
import { create, file, newPerson } from '../cases/creates.ts';
import { wrapConnector } from '../support/mutants.ts';
import { writingRule } from '../../harness/rule.ts';
import { usersNamed } from '../support/requests.ts';
import { readGem } from '../../harness/read-gem.ts';
import type { Account } from '../../harness/adapter.ts';
import { same } from '../support/compare.ts';

const link = { label: 'Results', url: 'https://results.example/' };
const operations = [
  'createAtsCandidate',
  'createAtsApplication',
  'moveAtsApplicationToStage',
  'addAtsApplicationResultLink',
  'addAtsCandidateResultLink',
];

export default writingRule({
  statement: 'every write to Gem that names a user names the acting user of the integration',
  evidence: { grade: 'documented', source: 'gem-ats-api §1.2, §9; kombo-unified-api §4.3' },
  of: operations,
  needs: operations,
  cases: newPerson('acting-user').map((person) => ({
    records: applicant,
    actions: [
      create('createAtsApplication', person, {
        more: { attachments: [{ name: 'cv.pdf', type: 'CV', ...file('cv') }] },
      }),
      {
        operation: 'moveAtsApplicationToStage',
        path: { application_id: 'application-1' },
        body: { stage_id: { unified: 'stage-2' } },
      },
      { operation: 'addAtsCandidateResultLink', path: { candidate_id: 'person-1' }, body: link },
    ],
  })),
  judge: (result, { actingUserId }) =>
    usersNamed(result).flatMap(({ where, user }) => same(`the user of ${where}`, user, actingUserId)),
  mutants: [
    {
      name: 'another user of the team',
      break: (connector, read = readGem) => {
        const others = new Map<string, string>();
        const inOtherName = async (account: Account): Promise<Account> => {
          const known = others.get(account.apiKey);
          if (known !== undefined) return { ...account, actingUserId: known };
          const { users } = await read(account);
          const other = users.find(
            ({ id, disabled, deleted_at }) => !disabled && !deleted_at && id !== account.actingUserId,
          );
          const actingUserId = other?.id ?? account.actingUserId;
          others.set(account.apiKey, actingUserId);
          return { ...account, actingUserId };
        };
        return wrapConnector(connector, {
          sync: async (account, type) => connector.sync(await inOtherName(account), type),
          act: async (account, call) => connector.act(await inOtherName(account), call),
        });
      },
    },
  ],
});
