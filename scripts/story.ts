import { execFileSync, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type GitHubDouble, type Permissions, startGitHub } from '@mlwright/github-double'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const readOnly: Permissions = { contents: 'read' }
const publishing: Permissions = { contents: 'write', 'pull-requests': 'write', checks: 'write' }

const say = (text: string) => process.stdout.write(`${text}\n`)

/** The user's repository. */
class Story {
  readonly folder: string
  readonly repository: string
  readonly github: GitHubDouble
  #run = 0

  constructor(folder: string, github: GitHubDouble) {
    this.folder = folder
    this.repository = join(folder, 'telco-churn')
    this.github = github
  }

  git(...args: string[]): void {
    const identity = ['-c', 'user.name=Alice', '-c', 'user.email=alice@example.com', '-c', 'commit.gpgsign=false']
    execFileSync('git', [...identity, ...args], { cwd: this.repository, stdio: ['ignore', 'ignore', 'inherit'] })
  }

  async push(branch: string): Promise<void> {
    await this.github.state.git.run(['fetch', '--quiet', '--force', this.repository, `${branch}:${branch}`])
  }

  /** Starts a bundled action as a runner does: inputs by environment, nothing else of this process. */
  async step(action: string, inputs: Record<string, string>, environment: Record<string, string>): Promise<void> {
    const given = Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    )
    const { PATH = '', HOME = '' } = process.env
    const started = performance.now()
    const child = spawn(process.execPath, ['--no-deprecation', join(root, 'dist', `${action}.js`)], {
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
  }

  /** One run of the workflow: a job that may only read, and one that publishes what it computed. */
  async workflow(event: 'push' | 'pull_request', pull?: number): Promise<void> {
    const run = ++this.#run
    const job = (name: string, workspace: string) =>
      this.github.environment({
        event,
        run,
        folder: join(this.folder, `runner-${run}-${name}`),
        workspace,
        ...(pull !== undefined && { pull }),
      })
    const token = (permissions: Permissions) => ({ TOKEN: this.github.token({ permissions }), 'FAIL-ON': 'never' })
    const train = await job('train', this.repository)
    for (const action of ['validate', 'train', 'evaluate']) await this.step(action, token(readOnly), train)
    await this.step('report', { ...token(readOnly), MODE: 'render' }, train)
    const empty = join(this.folder, `workspace-${run}`)
    await mkdir(empty)
    await this.step('report', { ...token(publishing), MODE: 'publish' }, await job('publish', empty))
  }
}

/** A pull request on the example's real data, from the first commit to the comment. */
async function play(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mlwright-story-'))
  const bare = join(folder, 'github.git')
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare])
  const github = await startGitHub({ owner: 'acme', name: 'telco-churn', private: true, gitFolder: bare })
  const story = new Story(folder, github)
  try {
    await cp(join(root, 'examples/telco-churn'), story.repository, { recursive: true })
    await writeFile(join(story.repository, '.gitignore'), '.mlwright/\n')
    story.git('init', '--quiet', '--initial-branch=main')
    story.git('add', '--all')
    story.git('commit', '--quiet', '--message=Predict churn with 31 leaves')
    await story.push('main')
    say('Push to main: trees with 31 leaves, rate 0.1')
    await story.workflow('push')

    story.git('checkout', '--quiet', '-b', 'smaller-trees')
    const path = join(story.repository, 'mlwright.yml')
    const config = await readFile(path, 'utf8')
    await writeFile(path, config.replace('leaves: 31, learning_rate: 0.1', 'leaves: 8, learning_rate: 0.05'))
    story.git('commit', '--quiet', '--all', '--message=Smaller trees')
    await story.push('smaller-trees')
    const pull = await github.openPull({ branch: 'smaller-trees' })
    story.git('fetch', '--quiet', github.gitFolder, `refs/pull/${pull.number}/merge`)
    story.git('checkout', '--quiet', '--detach', pull.mergeCommit)
    await rm(join(story.repository, '.mlwright'), { recursive: true })
    say('Pull request: trees with 8 leaves, rate 0.05')
    await story.workflow('pull_request', pull.number)

    const [comment] = github.state.comments
    if (!comment || github.violations.length > 0)
      throw new Error(`The pull request got no comment. ${github.violations.join('\n')}`)
    say(`\nThe comment on the pull request:\n\n${comment.body}\n`)
    say(`Preview:     ${join(folder, 'workspace-2/.mlwright/report.html')}`)
    say(
      `Run records: ${join(story.repository, '.mlwright/runs')}, and published: git -C ${github.gitFolder} ls-tree -r --name-only mlwright-records`,
    )
  } finally {
    await github.close()
  }
}

await play()
