import { type Block, paragraph } from './block.ts'
import { toMarkdown } from './markdown.ts'

/** How much a document may hold, how that is counted, and where the rest stands (inline Markdown). */
export interface Room {
  readonly limit: number
  readonly measure: (markdown: string) => number
  readonly elsewhere: string
}

/** UTF-16 units: never fewer than the characters that GitHub counts. */
export const characters = (text: string): number => text.length
export const bytes = (text: string): number => Buffer.byteLength(text)

/**
 * Blocks that fit: the largest folded sections give way first, each leaving a line that says where it is; then the largest of
 * the other blocks but the first, and at last the tail.
 */
export function fitSize(blocks: readonly Block[], room: Room): Block[] {
  const size = (block: Block) => room.measure(toMarkdown([block])) + 2
  const kept = blocks.map((block) => ({ block, size: size(block) }))
  let total = kept.reduce((sum, entry) => sum + entry.size, 0)
  if (total <= room.limit) return [...blocks]

  const notice = paragraph(`_This does not hold everything: the rest is in ${room.elsewhere}._`)
  const replace = (index: number, block: Block) => {
    total += size(block) - kept[index]!.size
    kept[index] = { block, size: size(block) }
  }
  const bySize = (folded: boolean) =>
    [...kept.keys()]
      .filter((index) => index > 0 && (kept[index]!.block.kind === 'details') === folded)
      .sort((a, b) => kept[b]!.size - kept[a]!.size)

  for (const index of bySize(true)) {
    if (total <= room.limit) break
    const { block } = kept[index]!
    if (block.kind === 'details')
      replace(index, paragraph(`_${block.title}: moved to ${room.elsewhere}, for want of room._`))
  }
  if (total <= room.limit) return kept.map((entry) => entry.block)

  const dropped = new Set<number>()
  total += size(notice)
  for (const index of bySize(false)) {
    if (total <= room.limit || kept[index]!.size < 500) break
    dropped.add(index)
    total -= kept[index]!.size
  }
  const rest = kept.filter((_, index) => !dropped.has(index))
  while (total > room.limit && rest.length > 1) total -= rest.pop()!.size
  return [...rest.map((entry) => entry.block), notice]
}
