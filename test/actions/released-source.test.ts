import { expect, test } from 'vitest'
import { deregister } from '../../actions/promote/retire.ts'
import { register } from '../../actions/register/register.ts'
import { releasedSource } from '../../actions/serve/released-source.ts'
import { candidateFiles, config, emptyWorld, merge, portsOf, pushEvent } from './races/world.ts'

async function twoVersions() {
  const world = emptyWorld()
  const merges = [await merge(world, 1), await merge(world, 2)]
  for (const [index, made] of merges.entries()) {
    const ports = portsOf(world, pushEvent(made.commit, index + 1, 1), await candidateFiles(made))
    await register(ports, { config: 'mlwright.yml', prefix: '', bump: 'auto', version: undefined })
  }
  return { world, merges, ports: portsOf(world, pushEvent(merges[1]!.commit, 3, 1)) }
}

test('serves the named version, and can change to every other active one', async () => {
  const { ports, merges } = await twoVersions()
  const { model, version, source } = await releasedSource(ports, 'churn@v0.0.1')
  expect([model, version]).toEqual(['churn', 'v0.0.1'])
  expect(await source.versions()).toEqual(['v0.0.1', 'v0.0.2'])
  for (const [index, made] of merges.entries())
    expect(await source.read(`v0.0.${index + 1}`)).toEqual(Uint8Array.from(made.model))
})

test('refuses a file that is not the one that was registered', async () => {
  const { world, ports } = await twoVersions()
  const { source } = await releasedSource(ports, 'churn@v0.0.1')
  const [release] = [...world.state.releases.values()]
  const asset = release!.assets.find(({ name }) => name === 'model.onnx')!
  world.state.assets.set(asset.id, new TextEncoder().encode('other bytes'))
  await expect(source.read('v0.0.1')).rejects.toThrow('do not use it')
})

test('refuses a version that was deregistered, and names the nearest of one that is not there', async () => {
  const { ports } = await twoVersions()
  await deregister(ports, config, 'churn', 'v0.0.1')
  await expect(releasedSource(ports, 'churn@v0.0.1')).rejects.toThrow('was deregistered')
  await expect(releasedSource(ports, 'churn@v0.0.3')).rejects.toThrow('did you mean churn@v0.0.2?')
})
