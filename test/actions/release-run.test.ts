import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MemoryArtifacts, MemoryFiles, MemoryGit, type MemoryRunner } from '@mlwright/action'
import type { Run } from '@mlwright/domain'
import { Records, recordFiles, recordsBranch } from '@mlwright/tracking'
import { LocalFiles } from '@mlwright/workspace'
import { expect, onTestFinished, test } from 'vitest'
import { localPaths } from '../../actions/common/local-records.ts'
import { modelInputs } from '../../actions/common/model-inputs.ts'
import { releaseRun } from '../../actions/train/release-run.ts'
import { config, configText, emptyWorld, merge, portsOf, pushEvent } from './races/world.ts'

const stamp: Run['stamp'] = { workflow_run: 9, attempt: 1, pull_request: 7, fork: false, actor: 'ada' }
const scope = { workingDirectory: '.', model: undefined }

/** What the release of a merged pull request #7 finds, whose run has this stamp; `kept`: its artifact is there. */
async function released(given: { readonly stamp?: Partial<NonNullable<Run['stamp']>>; readonly kept?: boolean }) {
  const world = emptyWorld()
  const made = await merge(world, 1, { stamp: { ...stamp, ...given.stamp } })
  const { state } = world
  const record = { ...made, comparison: null, predictions: null, commit: null, branch: null }
  await state.refs.commit(recordsBranch, 'Record', recordFiles(record))
  state.pulls.push({
    number: 7,
    title: '',
    body: '',
    labels: [],
    head: { commit: 'f'.repeat(40), branch: 'topic', repository: 1, fork: false },
    base: { commit: 'e'.repeat(40), branch: 'main' },
    open: false,
    mergeCommit: made.commit,
  })
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-release-run-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const artifacts = new MemoryArtifacts()
  if (given.kept ?? true)
    artifacts.runs.set(9, new Map([['mlwright-records', new Map([[`runs/${made.run.id}/model.onnx`, made.model]])]]))
  const ports = { ...portsOf(world, pushEvent(made.commit, 10, 1)), files: new LocalFiles(folder), artifacts }
  const copy = new MemoryFiles({ 'mlwright.yml': configText, 'data/telco.csv': 'tenure,churn\n1,Yes\n' })
  const inputs = await modelInputs({ files: copy, git: new MemoryGit(copy) }, config, 'churn')
  const run = await releaseRun(ports, inputs, new Records(state.refs), scope)
  const text = async (path: string) => {
    const bytes = await ports.files.read(path)
    return bytes && new TextDecoder().decode(bytes)
  }
  return {
    run: run?.id ?? null,
    expected: made.run.id,
    model: await text(`${localPaths.run(made.run.id)}/model.onnx`),
    reason: await text(localPaths.retrained('churn')),
    said: (ports.runner as MemoryRunner).lines,
  }
}

test('a release takes the run of the merged pull request, with its own bytes', async () => {
  const { run, expected, model, reason } = await released({})
  expect([run, model, reason]).toEqual([expected, 'model 1', null])
})

test.each([
  ['whose artifact has expired', { kept: false }, 'is gone or has expired, so the model is trained again.'],
  ['of a fork', { stamp: { fork: true } }, 'No run of the merged pull request'],
  ['of another pull request', { stamp: { pull_request: 8 } }, 'No run of the merged pull request'],
])('a release trains again instead of a run %s, and says so', async (_, given, reason) => {
  const found = await released(given)
  expect([found.run, found.model]).toEqual([null, null])
  expect(found.reason).toContain(reason)
  expect(found.said).toEqual([`churn: ${found.reason}`])
})
