import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataset, rowKeys, saltedKeys } from '@mlwright/data'
import { duckDb, nativeLoader } from '@mlwright/engines'
import { afterAll, describe, expect, it } from 'vitest'

const engine = duckDb({
  load: nativeLoader({ own: import.meta.url }),
  temporaryFolder: join(tmpdir(), 'mlwright-spill'),
})
afterAll(() => engine.close())
const folder = await mkdtemp(join(tmpdir(), 'mlwright-keys-'))

async function keysOf(path: string, key: string[] = []) {
  const opened = await openDataset(engine, { name: 'd', files: [{ path, absolute: join(folder, path), oid: '' }] })
  return rowKeys(engine, opened, key)
}

describe('rowKeys', () => {
  it('does not depend on the format, nor on the order of rows and columns', async () => {
    await writeFile(join(folder, 'a.csv'), 'id,x,name\n3,1.5,b\n1,,a\n9007199254740993,2,\n9007199254740992,2,\n')
    await writeFile(join(folder, 'b.csv'), 'name,id,x\n,9007199254740992,2\na,1,\nb,3,1.5\n,9007199254740993,2\n')
    const parquet = join(folder, 'a.parquet')
    await engine.execute(`COPY (FROM read_csv('${join(folder, 'a.csv')}')) TO '${parquet}'`)
    const keys = await keysOf('a.csv')
    expect(new Set(keys).size).toBe(4)
    expect(await keysOf('a.parquet')).toEqual(keys)
    expect((await keysOf('b.csv')).toSorted()).toEqual(keys.toSorted())
    expect((await keysOf('a.csv', ['id'])).toSorted()).toEqual((await keysOf('b.csv', ['id'])).toSorted())
  })

  it('takes an integer for the same number in another column type, but not for text', async () => {
    await writeFile(join(folder, 'ints.csv'), 'a,b\n1,x\n-0,y\n,z\n')
    await engine.execute(
      `COPY (SELECT * FROM (VALUES (1::DOUBLE, 'x'), (0, 'y'), (NULL, 'z')) v(a, b)) TO '${join(folder, 'doubles.parquet')}'`,
    )
    await engine.execute(
      `COPY (SELECT * FROM (VALUES ('1', 'x'), ('0', 'y'), (NULL, 'z')) v(a, b)) TO '${join(folder, 'texts.parquet')}'`,
    )
    const keys = await keysOf('ints.csv')
    expect(await keysOf('doubles.parquet')).toEqual(keys)
    expect((await keysOf('texts.parquet')).filter((key) => keys.includes(key))).toEqual([keys[2]])
  })

  it('tells equal rows apart by their occurrence', async () => {
    await writeFile(join(folder, 'same.csv'), 'a,b\n1,x\n1,x\n2,y\n1,x\n')
    const keys = await keysOf('same.csv')
    expect(new Set(keys).size).toBe(4)
  })

  it('gives other keys under another salt', () => {
    expect(saltedKeys(['a'], 's')).not.toEqual(saltedKeys(['a'], 't'))
    // printf 's\na' | sha256sum | cut -c1-32
    expect(saltedKeys(['a'], 's')).toEqual(['009fa556751b7e96aae6f5d05d2fe3df'])
  })
})
