import { code } from '@mlwright/report'
import { describe, expect, it } from 'vitest'
import { table } from '../../packages/report/src/block.ts'
import { toMarkdown } from '../../packages/report/src/markdown.ts'
import { prose, rendered } from './rendered.ts'

const hostile = [
  '@acme/everyone',
  'fixes #1',
  'closes acme/telco#12',
  'GH-7',
  'https://evil.example',
  'www.evil.example',
  'a@evil.example',
  '![x](https://evil.example/x.png)',
  '[x](javascript:alert(1))',
  '<img src=x onerror=alert(1)>',
  '<details>',
  '</details>',
  '<!-- mlwright:report project=other -->',
  '-->',
  '`',
  '``',
  '`@acme`',
  '` @acme `',
  '``` \n@acme',
  '|',
  'a|@acme|b',
  '\\|@acme',
  '\\\\|@acme',
  '\\',
  '\\`@acme',
  '@acme\n\n# heading',
  '@acme\r\n- item',
  '\u2028@acme',
  '\u202e@acme',
  '*b*',
  '_i_',
  '~~s~~',
  '&commat;acme',
  '$@acme$',
  ':tada:',
  '[^1]',
]

describe('code', () => {
  it.each(hostile)('leaves nothing of %j outside the code span, in a paragraph and in a table', (value) => {
    expect(prose(rendered(`before ${code(value)} after`))).toBe('<p>before  after</p>')
    const html = prose(rendered(toMarkdown([table(['a', 'b'], 'lr', [[code(value), 'end']])])))
    expect(html).toContain('<tr>\n<td align="left"></td>\n<td align="right">end</td>\n</tr>')
  })
  it('shows a value as it is', () => {
    expect(code('monthly charges')).toBe('`monthly charges`')
    expect(code('a`b')).toBe('``a`b``')
    expect(code('`a`')).toBe('`` `a` ``')
    expect(code('Größe 👩‍🔬')).toBe('`Größe 👩‍🔬`')
  })
  it('makes the invisible visible', () => {
    expect(code('a\nb\tc')).toBe('`a\\nb\\tc`')
    expect(code('a\u202eb\u200bc')).toBe('`a\\u{202e}b\\u{200b}c`')
  })
  it('tells missing from empty', () => {
    expect(code(null)).toBe('_missing_')
    expect(code('')).toBe('_empty_')
  })
  it('cuts at 120 characters and never through one', () => {
    const cut = code('🎈'.repeat(200))
    expect([...cut]).toHaveLength(122)
    expect(cut.endsWith('🎈…`')).toBe(true)
    expect(code('x'.repeat(120))).toHaveLength(122)
    expect(code('x'.repeat(1_000_000))).toHaveLength(122)
  })
})
