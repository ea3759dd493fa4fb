/** A file, and where it can be fetched. */
export interface NamedFile {
  name: string;
  url: string;
}

/** The contents behind addresses in base64, by the names of the files, of which several may have the same. */
export async function readContents(files: readonly NamedFile[]): Promise<Map<string, string[]>> {
  const read = await Promise.all(
    files.map(async ({ name, url }) => ({ name, content: await fetchFile(url) })),
  );
  return new Map(
    [...Map.groupBy(read, ({ name }) => name)].map(([name, all]) => [
      name,
      all.map(({ content }) => content),
    ]),
  );
}

async function fetchFile(url: string): Promise<string> {
  try {
    const answer = await fetch(url);
    return answer.ok ? Buffer.from(await answer.arrayBuffer()).toString('base64') : `status ${answer.status}`;
  } catch (error) {
    return `no answer: ${String(error)}`;
  }
}
