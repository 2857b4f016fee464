import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { rowInputsWriter } from '../../packages/serving/src/log/row-inputs.ts'
import type { ServedModel } from '../../packages/serving/src/model/served-model.ts'
import { readBytes } from '../../packages/serving/src/tensors/wire-bytes.ts'

it('keeps what is written of a category without the request that it came in', () => {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  const external = () => {
    gc()
    return process.memoryUsage().external
  }
  const text = (value: string) => Buffer.concat([Buffer.from([value.length, 0, 0, 0]), Buffer.from(value)])
  const rest = Buffer.concat(Array<Buffer>(10_000).fill(text('a'.repeat(100))))
  const write = rowInputsWriter(
    { signature: { columns: [{ name: 'city', type: 'string', shape: [], input: 0 }], matrix: false } } as never,
    new Set(),
  )
  const before = external()
  for (let k = 10; k < 50; k++) {
    const body = Buffer.concat([text(`a city, the ${k}th`), rest])
    const data = readBytes({ carrier: 'text' } as ServedModel['inputs'][0]['element'], body, 10_001, 'city')
    expect(write([{ data, shape: [10_001] }], 0)).toBe(`{"city":"a city, the ${k}th"}`)
  }
  expect(external() - before).toBeLessThan(10 * 2 ** 20)
})
