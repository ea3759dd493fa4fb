import type { UnifiedSchemas } from '../../contracts/unified.ts';

/** A person of a job's hiring team. The id is Gem's. */
export interface TeamMember {
  userId: string;
  roles: UnifiedSchemas['HiringTeamMember']['hiring_team_roles'];
}

/** Each person of the team once, with a role for every group that the person is in (kombo-unified-api §5.7). */
export function hiringTeam(team: Team | undefined): TeamMember[] {
  const members = new Map<string, TeamMember>();
  for (const [group, role] of groups) {
    for (const { id } of team?.[group] ?? []) {
      const member = members.get(id) ?? { userId: id, roles: [] };
      if (!member.roles.includes(role)) member.roles.push(role);
      members.set(id, member);
    }
  }
  return [...members.values()];
}

type Team = { readonly [Group in (typeof groups)[number][0]]?: readonly { id: string }[] | undefined };

const groups = [
  ['hiring_managers', 'HIRING_MANAGER'],
  ['recruiters', 'RECRUITER'],
  ['coordinators', 'COORDINATOR'],
  ['sourcers', 'SOURCER'],
] as const;
