import { setTimeout as delay } from 'node:timers/promises'
import { githubPorts } from '@mlwright/github'
import { expect, test } from 'vitest'
import { captureOutput } from './fixture.ts'

test('says nothing of quick work, and hands its result on', async () => {
  const printed = captureOutput()
  const { progress } = githubPorts({ environment: {}, token: '' })
  expect(await progress.during('Reading customers', async () => 7)).toBe(7)
  expect(printed()).toBe('')
})

test('says what goes on when it takes longer than a second, and how long it took', async () => {
  const printed = captureOutput()
  const { progress } = githubPorts({ environment: {}, token: '' })
  await progress.during('Training churn', async (update) => {
    update('12 of 100 rounds')
    await delay(1600)
  })
  expect(printed()).toMatch(/^Training churn: 12 of 100 rounds …\nTraining churn: \d+ s\n$/)
})

test('hands an error on', async () => {
  const { progress } = githubPorts({ environment: {}, token: '' })
  await expect(progress.during('Training', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
})
