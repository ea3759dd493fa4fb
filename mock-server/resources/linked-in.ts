/** The address of a LinkedIn profile, which is how the ATS keeps a handle (gem-ats-api §3.1). */
export function linkedInAddress(handle: string): string {
  return `https://www.linkedin.com/in/${handle}`;
}

/** The handle in the address of a LinkedIn profile; undefined in any other address. */
export function linkedInHandle(address: string): string | undefined {
  return /^(?:https?:\/\/)?(?:[\w-]+\.)?linkedin\.com\/in\/([^/?#]+)/i.exec(address)?.[1];
}
