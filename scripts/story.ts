import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type GitHubDouble, startGitHub } from '@mlwright/github-double'
import { StoryRepository, say } from './story-repository.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

const remove = (story: StoryRepository) => rm(join(story.repository, '.mlwright'), { recursive: true, force: true })

/** The example's first commit on main, trained, registered and promoted: what a pull request is compared with. */
async function begin(story: StoryRepository): Promise<void> {
  await cp(join(root, 'examples/telco-churn'), story.repository, { recursive: true })
  await writeFile(join(story.repository, '.gitignore'), '.mlwright/\n')
  story.git('init', '--quiet', '--initial-branch=main')
  story.git('add', '--all')
  story.git('commit', '--quiet', '--message=Predict churn with 31 leaves')
  await story.push('main')
  say('Push to main: trees with 31 leaves, rate 0.1')
  await story.experiment({ event: 'push' })
  await story.register({})
  await story.moveStage()
}

/** A pull request with smaller trees; returns its number. */
async function proposeSmallerTrees(story: StoryRepository, github: GitHubDouble): Promise<number> {
  story.git('checkout', '--quiet', '-b', 'smaller-trees')
  const path = join(story.repository, 'mlwright.yml')
  const config = await readFile(path, 'utf8')
  await writeFile(path, config.replace('leaves: 31, learning_rate: 0.1', 'leaves: 8, learning_rate: 0.05'))
  story.git('commit', '--quiet', '--all', '--message=Smaller trees')
  await story.push('smaller-trees')
  const pull = await github.openPull({ branch: 'smaller-trees' })
  story.git('fetch', '--quiet', github.gitFolder, `refs/pull/${pull.number}/merge`)
  story.git('checkout', '--quiet', '--detach', pull.mergeCommit)
  await remove(story)
  say('Pull request: trees with 8 leaves, rate 0.05')
  await story.experiment({ event: 'pull_request', pull: pull.number })
  return pull.number
}

/** The merge becomes a version and a release, the merge of its promotion a stage. */
async function release(story: StoryRepository, github: GitHubDouble, number: number): Promise<void> {
  say('The pull request is merged: its very model becomes a version, and its promotion is proposed')
  const payload = await story.merge(number)
  await remove(story)
  await story.register(payload)
  await story.propose(payload)
  const promotion = github.state.pulls.at(-1)!
  const evidence = github.state.comments.find(({ issue }) => issue === promotion.number)?.body ?? ''
  say(`\nPull request #${promotion.number}: ${promotion.title}\n\n${evidence.split('\n<details>')[0]}\n`)
  say('The promotion is merged: the stage moves')
  await story.promote(await story.merge(promotion.number))
  story.git('fetch', '--quiet', '--tags', github.gitFolder)
}

/** A pull request on the example's real data, from the first commit to the stage. */
async function play(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mlwright-story-'))
  const bare = join(folder, 'github.git')
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare])
  const github = await startGitHub({ owner: 'acme', name: 'telco-churn', private: true, gitFolder: bare })
  const story = new StoryRepository(folder, github)
  try {
    await begin(story)
    const number = await proposeSmallerTrees(story, github)
    const comment = github.state.comments.find(({ issue }) => issue === number)
    if (!comment) throw new Error(`The pull request got no comment. ${github.violations.join('\n')}`)
    const records = join(folder, 'records')
    await cp(join(story.repository, '.mlwright'), records, { recursive: true })
    say(`\nThe comment on the pull request:\n\n${comment.body}\n`)
    await release(story, github, number)
    if (github.violations.length > 0) throw new Error(`GitHub would have refused: ${github.violations.join('\n')}`)
    const tag = github.state.releases.at(-1)?.tag ?? ''
    say(`\n$ npx mlwright show\n${story.mlwright('show')}`)
    say(`$ npx mlwright history churn\n${story.mlwright('history', 'churn')}`)
    say(`Preview of the comment: ${join(records, 'report.html')}`)
    say(
      `Run records:            ${join(records, 'runs')}, and published: git -C ${bare} ls-tree -r --name-only mlwright-records`,
    )
    say(`Release ${tag}:   ${await story.download(tag)}`)
    say(`The repository:         ${story.repository}`)
  } finally {
    await github.close()
  }
}

await play()
