const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character]!)

/** The closing run of exactly `length` backticks from `from`, or -1. */
function closing(text: string, from: number, length: number): number {
  for (let at = text.indexOf('`', from); at >= 0; at = text.indexOf('`', at)) {
    let end = at
    while (text[end] === '`') end++
    if (end - at === length) return at
    at = end
  }
  return -1
}

/** A code span that starts at `at`, as CommonMark reads it. */
function codeSpan(text: string, at: number): { html: string; end: number } | null {
  let start = at
  while (text[start] === '`') start++
  const length = start - at
  const close = closing(text, start, length)
  if (close < 0) return null
  const inside = text.slice(start, close)
  const content = /^ .*[^ ].* $|^ [^ ] $/s.test(inside) ? inside.slice(1, -1) : inside
  return { html: `<code>${escapeHtml(content)}</code>`, end: close + length }
}

/** The bracket that ends a link's text; code spans inside it are skipped. */
function linkEnd(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '`') {
      const span = codeSpan(text, end)
      if (span) end = span.end - 1
    } else if (text[end] === ']') return end
  }
  return -1
}

/** The inline Markdown that we write (code spans, bold, emphasis, links, `sub`) as HTML; all else is text. */
export function inlineHtml(text: string): string {
  let html = ''
  const open: string[] = []
  const toggle = (tag: string) => {
    const inside = open.at(-1) === tag
    html += inside ? `</${tag}>` : `<${tag}>`
    if (inside) open.pop()
    else open.push(tag)
  }
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at, at + 6)
    const span = rest.startsWith('`') ? codeSpan(text, at) : null
    if (span) {
      html += span.html
      at = span.end
    } else if (rest.startsWith('**')) {
      toggle('strong')
      at += 2
    } else if (rest[0] === '_' && (open.at(-1) === 'em' || !/\w/.test(text[at - 1] ?? ''))) {
      toggle('em')
      at += 1
    } else if (rest.startsWith('<sub>') || rest.startsWith('</sub>')) {
      toggle('sub')
      at += rest.startsWith('<sub>') ? 5 : 6
    } else {
      const end = rest[0] === '[' ? linkEnd(text, at) : -1
      const target = end < 0 ? null : /^\]\((https?:\/\/[^\s()]+)\)/.exec(text.slice(end))
      if (target) {
        html += `<a href="${escapeHtml(target[1]!)}" rel="noreferrer">${inlineHtml(text.slice(at + 1, end))}</a>`
        at = end + target[0].length
      } else {
        html += escapeHtml(text[at]!)
        at += 1
      }
    }
  }
  return (
    html +
    open
      .reverse()
      .map((tag) => `</${tag}>`)
      .join('')
  )
}
