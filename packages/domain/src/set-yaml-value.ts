import { isMap, parseDocument } from 'yaml'

/** A line's text without its spaces, at its indent. */
const bare = (line: string) => `${/^ */.exec(line)![0]}${line.replace(/\s+/g, '')}`

/** The new text, with the old spelling of each line that says the same. */
function spelledAsBefore(before: string, after: string): string {
  const spellings = new Map<string, string | null>()
  for (const line of before.split('\n')) {
    const known = spellings.get(bare(line))
    spellings.set(bare(line), known === undefined || known === line ? line : null)
  }
  return after
    .split('\n')
    .map((line) => spellings.get(bare(line)) ?? line)
    .join('\n')
}

/**
 * YAML text with one value set, or removed where it is null; comments, order and every other line's meaning stay.
 * Text that says so already stays as it is. The text has to be valid YAML.
 */
export function setYamlValue(text: string, path: readonly string[], value: string | number | null): string {
  const document = parseDocument(text)
  if ((document.getIn(path) ?? null) === value) return text
  const parent = document.getIn(path.slice(0, -1))
  // A mapping that was `{}` becomes a block.
  if (isMap(parent) && parent.items.length === 0) parent.flow = false
  if (value === null) document.deleteIn(path)
  else document.setIn(path, value)
  return spelledAsBefore(text, document.toString({ lineWidth: 0, flowCollectionPadding: !/\{\S/.test(text) }))
}
