import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser'
import { describe, expect, it } from 'vitest'
import { actions } from '../../actions/index.ts'
import { readWorkflow, stepsOf, type Workflow, workflowsIn } from './read-workflow.ts'

const reusable = workflowsIn('reusable')
const starters = workflowsIn('workflows')
const ours = workflowsIn('.github/workflows')
const all = [...reusable, ...starters, ...ours]
const each = (workflows: readonly Workflow[]) => workflows.map((workflow) => [workflow.path, workflow] as const)

describe('every workflow', () => {
  it.each(each(all))('%s is what GitHub’s own parser accepts', (_, { path, text }) => {
    const { context } = parseWorkflow({ name: path, content: text }, new NoOperationTraceWriter())
    expect(context.errors.getErrors().map((error) => error.message)).toEqual([])
  })

  it.each(each(all))('%s grants nothing at the top, and each power in a job with its reason', (_, workflow) => {
    expect(workflow.permissions).toEqual({})
    const powers = workflow.text
      .split('\n')
      .filter((line) => /\b(read|write)\b *}? *(#|$)/.test(line) && /^ +\S+:/.test(line))
    expect(powers.filter((line) => !line.includes('#'))).toEqual([])
  })

  it.each(each(all))('%s pins foreign actions by a full SHA with a version comment', (_, { text }) => {
    const uses = text
      .split('\n')
      .filter((line) => /\buses: /.test(line) && !/uses: (\$\/|mlwright\/mlwright)/.test(line))
    expect(uses.filter((line) => !/uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([])
  })

  it.each(each(all))('%s puts no expression into a script, and no program either', (_, workflow) => {
    const scripts = stepsOf(workflow).flatMap(({ run }) => run ?? [])
    expect(scripts.filter((script) => script.includes('${' + '{') || script.trim().split('\n').length > 3)).toEqual([])
  })

  it.each(each(all))('%s keeps no credentials in a checkout', (_, workflow) => {
    const checkouts = stepsOf(workflow).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([])
  })
})

describe('sizes', () => {
  it.each(each([...reusable, ...ours]))('%s stays under 80 lines', (_, { text }) => {
    expect(text.trimEnd().split('\n').length).toBeLessThan(80)
  })

  it.each(each(starters))('%s stays under 25 lines', (_, { text }) => {
    expect(text.trimEnd().split('\n').length).toBeLessThan(25)
  })
})

describe('reusable workflows', () => {
  it.each(each(reusable))('%s is mirrored byte for byte', (path, { text }) => {
    expect(readWorkflow(path.replace('reusable/', '.github/workflows/')).text).toBe(text)
  })

  it.each(each(reusable))('%s gives its actions only inputs that they have', async (_, workflow) => {
    for (const { uses, with: given = {} } of stepsOf(workflow)) {
      if (!uses?.startsWith('$/actions/')) continue
      const name = uses.slice('$/actions/'.length) as keyof typeof actions
      const { default: action } = await actions[name]()
      const known = Object.keys(action.inputs)
      expect(
        Object.keys(given).filter((input) => !known.includes(input)),
        uses,
      ).toEqual([])
    }
  })

  it('write only where no code of the pull request runs', () => {
    for (const workflow of reusable)
      for (const [name, job] of Object.entries(workflow.jobs)) {
        if (!Object.values(job.permissions ?? {}).includes('write')) continue
        for (const step of job.steps ?? []) {
          if (/^actions\/(create-github-app-token|deploy-pages)@/.test(step.uses ?? '')) continue
          expect(step.uses, `${workflow.path} ${name}`).toMatch(
            /^\$\/actions\/(report|register|promote|monitor|retrain|package)$/,
          )
          if (step.uses !== '$/actions/promote')
            expect(['publish', 'attest', 'release', 'record']).toContain(step.with?.mode)
        }
      }
  })

  it('cancel an older experiment, but never lose a publication', () => {
    const { train, judge, publish } = readWorkflow('reusable/experiment.yml').jobs
    for (const job of [train, judge]) {
      expect(job?.concurrency?.['cancel-in-progress']).toBe(true)
      expect(job?.concurrency?.group).toMatch(
        /^mlwright-experiment-.*inputs\.model.*pull_request\.number \|\| github\.ref/,
      )
    }
    for (const job of [publish, readWorkflow('reusable/publish.yml').jobs.publish]) {
      expect(job?.concurrency?.['cancel-in-progress']).toBeUndefined()
      expect(job?.concurrency?.queue).toBe('max')
      expect(job?.concurrency?.group).toMatch(/^mlwright-publish-/)
    }
    expect(reusable.filter(({ text }) => text.includes('${' + '{ github.workflow }}'))).toEqual([])
  })

  it('lose no release, no promotion and no point', () => {
    const jobs = ['release', 'promote', 'monitor', 'retrain', 'package'].flatMap((name) =>
      Object.values(readWorkflow(`reusable/${name}.yml`).jobs),
    )
    for (const job of jobs.filter(({ permissions = {} }) => Object.values(permissions).includes('write'))) {
      expect(job.concurrency?.['cancel-in-progress']).toBeUndefined()
      expect(job.concurrency?.queue).toBe('max')
      expect(job.concurrency?.group).toMatch(/^mlwright-(release|promote|monitor|retrain|package)-/)
    }
  })

  it('fail in the job named verdict alone', () => {
    const { verdict, ...others } = readWorkflow('reusable/experiment.yml').jobs
    expect(verdict?.if).toBe('always()')
    for (const step of Object.values(others).flatMap((job) => job.steps ?? []))
      if (step.uses?.startsWith('$/')) expect(step.with?.['fail-on'], step.uses).toBe('never')
  })
})

describe('starters', () => {
  it.each(each(starters))('%s grants the union of what the called jobs ask for, and no more', (_, workflow) => {
    for (const job of Object.values(workflow.jobs)) {
      const called = readWorkflow(`reusable/${job.uses?.match(/workflows\/(.+)@v1$/)?.[1]}`)
      expect(job.permissions).toEqual(union(called))
    }
  })

  it('have no path filter where a pull request may require their check, so that it always reports', () => {
    const required = starters.filter(({ on }) => 'pull_request' in (on as object))
    expect(required.map(({ path }) => path)).toEqual(['workflows/experiment.yml'])
    expect(required.filter(({ text }) => /\bpaths(-ignore)?:/.test(text))).toEqual([])
  })

  it('leave concurrency to the workflows that they call', () => {
    expect(starters.filter(({ text }) => text.includes('concurrency'))).toEqual([])
  })
})

function union({ jobs }: Workflow): Record<string, string> {
  const granted: Record<string, string> = {}
  for (const { permissions = {} } of Object.values(jobs))
    for (const [power, access] of Object.entries(permissions)) if (granted[power] !== 'write') granted[power] = access
  return granted
}
