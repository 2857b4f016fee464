import type { Tag } from '@mlwright/domain'
import { parseTag } from './parse-tag.ts'

/** The counter of a model's next tag: one above the highest of all its tags, whatever they say. */
export function nextCounter(tags: Iterable<Pick<Tag, 'name'>>, model: string): number {
  let highest = 0
  for (const { name } of tags) {
    const said = parseTag(name)
    if (said?.model === model && said.counter !== null && said.counter > highest) highest = said.counter
  }
  return highest + 1
}
