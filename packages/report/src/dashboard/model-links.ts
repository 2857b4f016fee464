import { codeHtml, html, linkHtml, type Markup } from '../html/markup.ts'

/** Links to what a repository has on GitHub; where its address is unknown, or a value is not what it should be, its text alone. */
export interface ModelLinks {
  commit(sha: string): Markup
  tag(name: string): Markup
  pullRequest(number: number): Markup
}

export const modelLinks = (repositoryUrl: string | null): ModelLinks => ({
  commit: (sha) =>
    /^[0-9a-f]{40}$/.test(sha)
      ? linkHtml(codeHtml(sha.slice(0, 7)), repositoryUrl, `commit/${sha}`)
      : codeHtml(sha, 40),
  tag: (name) => linkHtml(codeHtml(name), repositoryUrl, `tree/${name.split('/').map(encodeURIComponent).join('/')}`),
  pullRequest: (number) => linkHtml(html`#${number}`, repositoryUrl, `pull/${number}`),
})
