/** The hidden first line by which a project's report is found again. */
export function reportMarker(project: string): string {
  return `<!-- mlwright:report project=${project.replace(/[^A-Za-z0-9_.]+/g, '-')} -->`
}
