/** A Markdown link to a web address; the text alone where the address is none. */
export function link(text: string, url: string | null): string {
  if (url === null || !/^https?:\/\/[^\s/]+(\/|$)/.test(url)) return text
  try {
    const { href } = new URL(url)
    return `[${text}](${href.replace(/[()<>"'`*_[\]\\|~!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)})`
  } catch {
    return text
  }
}

/** The address of a file's line at a commit; null where the repository or the commit is unknown. */
export function blobUrl(repository: string | null, commit: string | null, path: string, line?: number): string | null {
  if (repository === null || commit === null) return null
  const parts = path.split('/').map(encodeURIComponent).join('/')
  return `${repository}/blob/${encodeURIComponent(commit)}/${parts}${line === undefined ? '' : `#L${line}`}`
}
