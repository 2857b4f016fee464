import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MemoryFiles } from '@mlwright/action'
import type { Files } from '@mlwright/domain'
import { LocalFiles } from '@mlwright/workspace'
import { describe, expect, test } from 'vitest'

const subjects: readonly (readonly [string, () => Files])[] = [
  ['in memory', () => new MemoryFiles()],
  ['on this machine', () => new LocalFiles(mkdtempSync(join(tmpdir(), 'mlwright-files-')))],
]

test('say in one sentence that they cannot be written, and leave nothing half written', async () => {
  const files = new LocalFiles(mkdtempSync(join(tmpdir(), 'mlwright-files-')))
  await files.write('taken', 'a file')
  await expect(files.write('taken/a.json', '{}')).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    message: expect.stringMatching(/^taken\/a\.json cannot be written \((ENOTDIR|EEXIST)\); check its folder/),
  })
  await files.remove('taken/a.json')
  expect(await files.glob('*')).toEqual(['taken'])
})

const text = (content: Uint8Array | null) => content && new TextDecoder().decode(content)

describe.each(subjects)('files %s', (_, start) => {
  test('are read as they were written, and null where there are none', async () => {
    const files = start()
    const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 256)
    await files.write('deep/er/a.bin', bytes)
    await files.write('deep/b.txt', 'grün')
    await files.write('deep/b.txt', 'grau')
    expect(Uint8Array.from((await files.read('./deep/er/a.bin'))!)).toEqual(bytes)
    expect(text(await files.read('deep/b.txt'))).toBe('grau')
    expect(await files.read('deep/c.txt')).toBeNull()
    expect(await files.read('deep/b.txt/inside')).toBeNull()
    await expect(files.read('deep')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })

  test.each([
    ['data/a.csv', ['data/a.csv']],
    ['./data/a.csv', ['data/a.csv']],
    ['data/*.csv', ['data/B.csv', 'data/a.csv', 'data/é.csv']],
    ['data/?.csv', ['data/B.csv', 'data/a.csv', 'data/é.csv']],
    ['data/[ab].csv', ['data/a.csv']],
    ['data/**/*.csv', ['data/B.csv', 'data/a.csv', 'data/x/y/c.csv', 'data/é.csv']],
    ['**/c.csv', ['data/x/y/c.csv']],
    ['data/x/**', ['data/x/d.parquet', 'data/x/y/c.csv']],
    ['data/{a,x/d}.{csv,parquet}', ['data/a.csv', 'data/x/d.parquet']],
    ['data', []],
    ['none/*.csv', []],
  ])('are found by %s, sorted by their bytes', async (pattern, expected) => {
    const files = start()
    for (const path of ['a.csv', 'B.csv', 'é.csv', 'x/y/c.csv', 'x/d.parquet', '.hidden.csv', 'node_modules/m.csv'])
      await files.write(`data/${path}`, '')
    expect(await files.glob(pattern)).toEqual(expected)
  })

  test('cannot leave their folder', async () => {
    const files = start()
    const outside = { code: 'INPUT_INVALID', message: expect.stringContaining('lies outside') }
    await expect(files.read('../a')).rejects.toMatchObject(outside)
    await expect(files.write('/etc/mlwright', '')).rejects.toMatchObject(outside)
    await expect(files.glob('../*.csv')).rejects.toMatchObject(outside)
    expect(() => files.absolute('a/../../b')).toThrow('lies outside')
    expect(files.absolute('a/../b')).toBe(`${files.absolute('.')}/b`)
  })

  test('are removed, folders with what they hold, and it is no error where there are none', async () => {
    const files = start()
    await files.write('a/b/c.txt', 'c')
    await files.write('ab.txt', 'ab')
    await files.remove('a')
    await files.remove('a')
    expect(await files.read('a/b/c.txt')).toBeNull()
    expect(text(await files.read('ab.txt'))).toBe('ab')
  })
})
