import { describe, expect, it } from 'vitest'
import { readableMarkdown } from '../../packages/cli/src/readable-markdown.ts'

describe('readableMarkdown', () => {
  it('aligns tables, numbers to the right', () => {
    const text = '| metric | value |\n| --- | ---: |\n| `roc_auc` | 0.84 |\n| a \\| b | **12.5** |\n\nEnd.'
    expect(readableMarkdown(text)).toBe(
      '  metric   value\n  -------  -----\n  roc_auc   0.84\n  a | b     12.5\n\nEnd.',
    )
  })

  it('aligns beside pictures, which take two columns of a terminal', () => {
    const text = '| | check |\n| --- | --- |\n| ✅ | tag |\n| ⚠️ | gates |'
    expect(readableMarkdown(text)).toBe('      check\n  --  -----\n  ✅  tag\n  ⚠️  gates')
  })

  it('says what is missing or empty without markers, and leaves the underscores of names', () => {
    const text = '| author | _missing_ |\n| --- | --- |\n| `_missing_` | my_missing_days |\n\nFrom _empty_ to `a`.'
    expect(readableMarkdown(text)).toBe(
      '  author     missing\n  ---------  ---------------\n  _missing_  my_missing_days\n\nFrom empty to a.',
    )
  })

  it('keeps the stars of names in bold text', () => {
    expect(readableMarkdown('**`logs/*.jsonl` against `a`**: **no** drift')).toBe('logs/*.jsonl against a: no drift')
  })

  it('leaves out markers, tags, comments and charts, and indents code', () => {
    const text =
      '<!-- mlwright -->\n## It is **better**\n\n<details><summary>More</summary>\n\n[Link](https://example.com) &lt; `` a`b ``\n\n```mermaid\nxychart\n```\n\n```sh\nnpx mlwright\n```\n</details>'
    expect(readableMarkdown(text)).toBe('It is better\n\nMore\n\nLink < a`b\n\n    npx mlwright')
  })
})
