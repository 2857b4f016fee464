import type { Tag } from '@mlwright/domain'

/** Commits by letter: `sha('a')` is forty of them. */
export const sha = (letter: string) => letter.repeat(40)

/** An annotated tag: name, commit by letter, Unix seconds. */
export const tag = (name: string, commit: string, at: number): Tag => ({
  name,
  commit: sha(commit),
  annotated: true,
  at,
  message: name,
  tagger: 'Alice',
})

export const lightweight = (name: string, commit: string): Tag => ({
  name,
  commit: sha(commit),
  annotated: false,
  at: 0,
  message: '',
  tagger: null,
})
