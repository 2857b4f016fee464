import { createHash } from 'node:crypto'
import { MemoryAttestations } from '@mlwright/action'
import { registrationPredicateType } from '@mlwright/registry'
import { expect, test } from 'vitest'
import { attestVersions } from '../../actions/register/attest-versions.ts'
import { register } from '../../actions/register/register.ts'
import { candidateFiles, emptyWorld, merge, portsOf, pushEvent } from './races/world.ts'

async function registered() {
  const world = emptyWorld()
  const made = await merge(world, 1)
  const ports = portsOf(world, pushEvent(made.commit, 1, 1), await candidateFiles(made))
  await register(ports, { config: 'mlwright.yml', prefix: '', bump: 'auto', version: undefined })
  const attestations = new MemoryAttestations()
  return { world, made, attestations, ports: { ...portsOf(world, pushEvent(made.commit, 2, 1)), attestations } }
}

const inputs = { config: 'mlwright.yml' }

test('signs nothing unless the configuration asks for it', async () => {
  const { ports, attestations } = await registered()
  expect(await attestVersions(ports, inputs)).toEqual([])
  expect(attestations.statements).toEqual([])
})

test('signs, about every file of the release, which run registered the version and which one trained it', async () => {
  const { ports, attestations, made, world } = await registered()
  const read = ports.refs.read.bind(ports.refs)
  const asking = Object.assign(Object.create(ports.refs), {
    async read(ref: string, path: string) {
      const bytes = await read(ref, path)
      const text = new TextDecoder().decode(bytes ?? undefined)
      return path === 'mlwright.yml'
        ? new TextEncoder().encode(text.replace('registry: {', 'registry: { attest: true,'))
        : bytes
    },
  })
  const [signed] = await attestVersions({ ...ports, refs: asking }, inputs)
  expect(signed).toMatchObject({ tag: 'churn@v0.0.1', verdict: 'pass' })
  const [statement] = attestations.statements
  const release = [...world.state.releases.values()][0]!
  expect(statement?.subjects.map(({ name }) => name).sort()).toEqual(
    release.assets
      .map(({ name }) => name)
      .filter((name) => name !== 'SHA256SUMS')
      .sort(),
  )
  const model = statement?.subjects.find(({ name }) => name === 'model.onnx')
  expect(model?.sha256).toBe(createHash('sha256').update(made.model).digest('hex'))
  expect(statement?.predicateType).toBe(registrationPredicateType)
  expect(statement?.predicate).toMatchObject({
    tag: 'churn@v0.0.1',
    commit: made.commit,
    registered_by: { workflow_run: 2 },
    trained_by: { run: made.run.id },
  })
})
