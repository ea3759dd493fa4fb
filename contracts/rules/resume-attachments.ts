import { connectorPage, type WriteRule } from './rule.ts';

export const resumeAttachments: WriteRule = {
  name: 'resume-attachments',
  statement: 'every attachment written to Gem is uploaded as a résumé, whatever its type',
  source: connectorPage,
  kind: 'write',
  holds({ input, gem }) {
    const contradictions: string[] = [];
    for (const name of new Set((input.attachments ?? []).map((attachment) => attachment.name))) {
      const wanted = input.attachments?.filter((attachment) => attachment.name === name).length ?? 0;
      const held = gem.attachments.filter(({ filename }) => isCalled(filename, name));
      if (held.length < wanted) contradictions.push(`Gem holds ${held.length} of ${wanted} files ${name}`);
      for (const { filename, type } of held) {
        if (type !== 'resume')
          contradictions.push(`Gem holds ${filename} as ${type} and should hold it as resume`);
      }
    }
    return contradictions;
  },
};

/** Gem judges a file by the ending of its name, so a connector may add the one that the content type asks for. */
function isCalled(filename: string, name: string): boolean {
  return ['', '.pdf', '.doc', '.docx'].some((ending) => filename === name + ending);
}
