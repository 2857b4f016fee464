import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Location } from './nouns/finding.ts'

/** A YAML file with the places of its values; `problems` are what the parser found. */
export interface YamlSource {
  readonly file: string
  readonly value: unknown
  readonly problems: readonly { readonly location: Location; readonly message: string }[]
  /** Where the value at a path stands, or the deepest part of the path that exists; `key` gives the place of its key. */
  locate(path: readonly PropertyKey[], part?: 'key' | 'value'): Location
}

/** Parses YAML 1.2 once, with positions. */
export function parseYaml(text: string, file: string): YamlSource {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const at = (offset: number): Location => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  // A tab breaks everything below it.
  const tabs = document.errors.filter(({ code }) => code === 'TAB_AS_INDENT')
  const problems = (tabs.length > 0 ? tabs : document.errors).map((error) => ({
    location: at(error.pos[0]),
    message: `${error.message.replace(/\.?$/, '.')}`,
  }))
  return {
    file,
    value: problems.length > 0 ? undefined : document.toJS({ maxAliasCount: 1000 }),
    problems,
    locate(path, part = 'value') {
      let node: Node | null = document.contents
      let offset = node?.range?.[0] ?? 0
      for (const [index, step] of path.entries()) {
        let next: unknown = null
        let place: number | undefined
        if (isMap(node)) {
          const pair = node.items.find(
            (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step),
          )
          next = pair?.value
          const keyed = part === 'key' && index === path.length - 1
          const key = isScalar(pair?.key) ? pair.key.range?.[0] : undefined
          place = keyed ? key : ((next as Node | null)?.range?.[0] ?? key)
        } else if (isSeq(node)) {
          next = node.items[Number(step)]
          place = (next as Node | null)?.range?.[0]
        }
        if (place === undefined) break
        offset = place
        node = next as Node | null
      }
      return at(offset)
    },
  }
}
