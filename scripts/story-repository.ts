import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { GitHubDouble, Permissions, PushPayload } from '@mlwright/github-double'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

export const say = (text: string) => process.stdout.write(`${text}\n`)

const readOnly: Permissions = { contents: 'read' }
const publishing: Permissions = { contents: 'write', 'pull-requests': 'write', checks: 'write' }
const releasing: Permissions = { contents: 'read', actions: 'read', 'pull-requests': 'read' }
const promoting: Permissions = { contents: 'write', deployments: 'write', actions: 'write' }

type Payload = Partial<PushPayload>

/** What a job runs for. */
interface Trigger {
  readonly event: 'push' | 'pull_request'
  readonly pull?: number
  readonly payload?: Payload
}

type Step = readonly [action: string, inputs: Readonly<Record<string, string>>]

/** A user's repository, and the jobs that its workflows would run, played with the bundled actions. */
export class StoryRepository {
  readonly folder: string
  readonly repository: string
  readonly github: GitHubDouble
  #run = 0
  #job = 0

  constructor(folder: string, github: GitHubDouble) {
    this.folder = folder
    this.repository = join(folder, 'telco-churn')
    this.github = github
  }

  git(...args: string[]): string {
    const identity = ['-c', 'user.name=Alice', '-c', 'user.email=alice@example.com', '-c', 'commit.gpgsign=false']
    return execFileSync('git', [...identity, ...args], {
      cwd: this.repository,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  }

  async push(branch: string): Promise<void> {
    await this.github.state.git.run(['fetch', '--quiet', '--force', this.repository, `${branch}:${branch}`])
  }

  /** What a command of `mlwright` tells people in the user's clone. */
  mlwright(...args: string[]): string {
    const program = join(root, 'packages/cli/bin/mlwright.js')
    const options = { cwd: this.repository, encoding: 'utf8' } as const
    const { stderr, stdout } = spawnSync(process.execPath, [program, ...args], options)
    return `${stderr}${stdout}`
  }

  /** Starts a bundled action as a runner does: inputs by environment, nothing else of this process. Returns its outputs. */
  async step([action, inputs]: Step, environment: Record<string, string>): Promise<string> {
    const given = Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    )
    const { PATH = '', HOME = '' } = process.env
    const started = performance.now()
    const child = spawn(process.execPath, [join(root, 'dist', `${action}.js`)], {
      cwd: environment.GITHUB_WORKSPACE,
      env: { PATH, HOME, MLWRIGHT_NATIVES: root, ...environment, ...given },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let log = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      log += chunk
    })
    const code = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject))
    if (code !== 0) throw new Error(`The action ${action} ended with exit code ${code}:\n${log}`)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    say(`  ${action}${inputs.MODE ? ` (${inputs.MODE})` : ''}: ${seconds} s`)
    return log
  }

  /** One job: its steps one after the other, with its own token; in an empty folder unless it checks the repository out. */
  async job(trigger: Trigger, permissions: Permissions, steps: readonly Step[], checkout = false): Promise<void> {
    const name = `job-${++this.#job}`
    const workspace = checkout ? this.repository : join(this.folder, `workspace-${this.#job}`)
    await mkdir(workspace, { recursive: true })
    const folder = join(this.folder, `runner-${name}`)
    const environment = await this.github.environment({
      ...trigger,
      payload: { ...trigger.payload },
      run: this.#run,
      folder,
      workspace,
    })
    for (const [action, inputs] of steps)
      await this.step(
        [action, { TOKEN: this.github.token({ permissions }), 'FAIL-ON': 'never', ...inputs }],
        environment,
      )
  }

  /** The workflow `experiment`: a job that may only read, and one that publishes what it computed. */
  async experiment(trigger: Trigger): Promise<void> {
    this.#run++
    const steps = ['validate', 'train', 'evaluate'].map((action): Step => [action, {}])
    await this.job(trigger, readOnly, [...steps, ['report', { MODE: 'render' }]], true)
    await this.job(trigger, publishing, [['report', { MODE: 'publish' }]])
  }

  /** The workflow `release`: a job that finds the merged run and its model, and one that registers it. */
  async register(payload: Payload): Promise<void> {
    this.#run++
    const trigger = { event: 'push', payload } as const
    const reading: Step[] = [
      ['train', { RELEASE: 'true' }],
      ['evaluate', {}],
      ['register', { MODE: 'prepare' }],
    ]
    await this.job(trigger, releasing, reading, true)
    await this.job(trigger, publishing, [['register', { MODE: 'publish' }]])
  }

  /** The second step of that job: the pull request that asks for the promotion. */
  async propose(payload: Payload): Promise<void> {
    await this.job({ event: 'push', payload }, publishing, [['promote', { MODE: 'pull-request' }]])
  }

  /** The job of the workflow `promote` that passes the environment and moves the stage. */
  async moveStage(): Promise<void> {
    this.#run++
    const { id } = await this.github.deployJob({ environment: 'production' })
    await this.job({ event: 'push' }, promoting, [['promote', { MODE: 'direct', STAGE: 'production' }]])
    this.github.deploymentStatus(id, 'success')
  }

  /** The workflow `promote`: a job that reads what was merged, and that one. */
  async promote(payload: Payload): Promise<void> {
    await this.job({ event: 'push', payload }, readOnly, [['promote', { MODE: 'plan' }]])
    await this.moveStage()
  }

  /** Merges a pull request as a person would, and follows it in the clone. */
  async merge(number: number): Promise<PushPayload> {
    const payload = await this.github.mergePull(number, 'squash')
    this.git('fetch', '--quiet', this.github.gitFolder, 'main')
    this.git('checkout', '--quiet', '--detach', 'FETCH_HEAD')
    return payload
  }

  /** Lays the files of a release into a folder, as a download would. */
  async download(tag: string): Promise<string> {
    const { releases, blobs } = this.github.state
    const release = releases.find((candidate) => candidate.tag === tag && !candidate.draft)
    if (!release) throw new Error(`There is no release ${tag}.`)
    const folder = join(this.folder, 'releases', tag)
    await mkdir(folder, { recursive: true })
    for (const asset of release.assets)
      await writeFile(join(folder, asset.name), blobs.get(`release-assets/${asset.id}`) ?? '')
    return folder
  }
}
