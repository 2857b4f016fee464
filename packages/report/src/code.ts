const visible = (character: string): string =>
  ({ '\n': '\\n', '\r': '\\r', '\t': '\\t' })[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`

/** Text that shows every character it has, on one line, cut to `limit` characters; what joins emoji stays. */
export function oneLine(value: string, limit: number): string {
  const characters = [...value.slice(0, limit * 2)]
  const cut = characters.length > limit || value.length > limit * 2
  return (cut ? `${characters.slice(0, limit - 1).join('')}…` : value).replace(
    /(\p{Extended_Pictographic}[\ufe0f\u200d]+)|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164]/gu,
    (found: string, emoji: string | undefined) => (emoji ? found : visible(found)),
  )
}

/**
 * A value that is not ours as a code span: nothing in it is a mention, reference, link, image, tag or marker, whatever it holds.
 * The fence is longer than any run of backticks inside, and a value cannot open an HTML comment, so it never forges a report's marker.
 * Pipes are escaped by the table that holds the span.
 */
export function code(value: string | null, limit = 120): string {
  if (value === null) return '_missing_'
  if (value === '') return '_empty_'
  const text = oneLine(value, limit).replaceAll('<!--', '<!‑‑')
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = /^[` ]|[` ]$/.test(text) && text.trim() !== '' ? ' ' : ''
  return `${fence}${pad}${text}${pad}${fence}`
}

/** Lines that are not ours as a fenced block that nothing in them closes. */
export function fenced(value: string, limit = 4000): string {
  const text = value
    .slice(0, limit)
    .split(/\r\n?|\n/)
    .map((line) => oneLine(line, 300))
    .join('\n')
    .replaceAll('<!--', '<!‑‑')
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text}\n${fence}`
}

/** A sentence that is not ours: its first line as a code span with room for it, without its full stop, its backticks as quotes. */
export function sentence(value: string): string {
  const [first = '', ...more] = value.trim().split(/\r\n?|\n/)
  const text = first.replace(/[.:]$/, '').replaceAll('`', "'")
  return code(more.length > 0 ? `${text} …` : text, 400)
}
