import { UserError } from '@mlwright/domain'
import { expect, it, onTestFinished } from 'vitest'
import { elementType } from '../../packages/serving/src/tensors/element-type.ts'
import { BatchQueue } from '../../packages/serving/src/worker/batch-queue.ts'

const float = elementType('float')!
const row = (value: number) => [{ data: [value], shape: [1] }]

function queueOf(run: (rows: number) => Promise<never>, timeout: number): BatchQueue {
  const types = { inputs: [float], outputs: [float] }
  const limits = { batching: true, rows: 8, limit: 8, bytes: 1000, timeout, lanes: 1 }
  const queue = new BatchQueue({ ...types, ...limits, run: (_, rows) => run(rows!) })
  onTestFinished(() => queue.close())
  return queue
}

const late = { status: 504, message: 'The model did not answer within 0.1 s; send fewer rows, or try again.' }

it('ends a request in time whether it runs, waits, or runs again by itself', async () => {
  const hangs = () => new Promise<never>(() => {})
  const first = queueOf(hangs, 100)
  const running = first.submit(row(1), 9)
  await new Promise((resolve) => setTimeout(resolve, 10))
  const waiting = first.submit(row(2), 9)
  await expect(running).rejects.toMatchObject(late)
  await expect(waiting).rejects.toMatchObject(late)

  const joined: number[] = []
  const second = queueOf((rows) => {
    joined.push(rows)
    return rows > 1 ? Promise.reject(new UserError('MODEL_INVALID', 'not together')) : hangs()
  }, 100)
  const both = [second.submit(row(1), 9), second.submit(row(2), 9)]
  for (const each of both) await expect(each).rejects.toMatchObject(late)
  expect(joined).toEqual([2, 1, 1])
})

it('holds no more bytes than it may, but for one request that is larger by itself', async () => {
  const queue = queueOf(() => new Promise<never>(() => {}), 200)
  const running = queue.submit(row(1), 5000)
  await new Promise((resolve) => setTimeout(resolve, 10))
  const large = queue.submit(row(2), 5000)
  await expect(queue.submit(row(3), 1)).rejects.toMatchObject({ status: 503 })
  await expect(running).rejects.toMatchObject({ status: 504 })
  await expect(large).rejects.toMatchObject({ status: 504 })
  const next = [queue.submit(row(4), 600), queue.submit(row(5), 400)]
  await expect(queue.submit(row(6), 1)).rejects.toMatchObject({ status: 503 })
  for (const each of next) await expect(each).rejects.toMatchObject({ status: 504 })
})
