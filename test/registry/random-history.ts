import { execFileSync } from 'node:child_process'
import { randomBelow, xoshiro128 } from '@mlwright/stats'
import { clockAt } from './gto.ts'

const models = ['churn', 'nlp/seg', 'data/x.y=cv', 'a']
const stages = ['dev', 'staging', 'prod', '1']

interface Line {
  readonly name: string
  readonly commit: string
  readonly at: number
}

/** Events of several models in no sensible order, some in the same second; each commit keeps to one version per model. */
export function randomHistory(seed: number, events: number, commits: readonly string[]): Line[] {
  const random = xoshiro128(seed)
  const below = (limit: number) => randomBelow(random, limit)
  const counters = new Map<string, number>()
  const versions = new Map<string, string>()
  const registered = new Set<string>()
  const lines: Line[] = []
  const names = new Set<string>()
  let at = 1_700_000_000
  while (lines.length < events) {
    at += below(3) * below(50)
    const model = models[Math.min(below(models.length), below(models.length))]!
    const stage = stages[below(stages.length)]!
    const commit = commits[below(commits.length)]!
    const place = `${model} ${commit}`
    const version =
      versions.get(place) ?? `v${below(3)}.${below(3)}.${below(12)}${below(5) === 0 ? `-rc.${below(12)}` : ''}`
    const what = below(20)
    const known = registered.has(place)
    let words: string
    if (what < 6) words = `@${version}`
    else if (what < 8 && known) words = `@${version}!`
    else if (what < 15) words = `#${stage}`
    else if (what < 18 && known) words = `#${stage}!`
    else if (what === 18 && below(3) === 0) words = '@deprecated'
    else continue
    const counter = (counters.get(model) ?? 0) + 1
    const simple = `${model}${words}`
    const name = below(2) === 0 && !names.has(simple) ? simple : `${simple}#${counter}`
    if (name !== simple) counters.set(model, counter)
    names.add(name)
    if (words.startsWith('@v')) {
      versions.set(place, version)
      registered.add(place)
    }
    lines.push({ name, commit, at })
  }
  return lines
}

/** Writes annotated tags, and some that are none of gto's: lightweight ones and other names. */
export function writeTags(folder: string, lines: readonly Line[]): void {
  const tags = lines.flatMap(({ name, commit, at }) => [
    `tag ${name}`,
    `from ${commit}`,
    `tagger Alice <alice@example.com> ${at} +0000`,
    `data ${name.length}`,
    name,
  ])
  const { commit, at } = lines[0]!
  const strange = [
    ...['reset refs/tags/churn@v9.9.9', `from ${commit}`, ''],
    ...['tag v9.9.9', `from ${commit}`, `tagger Alice <alice@example.com> ${at} +0000`, 'data 1', 'x'],
  ]
  const input = `${[...tags, ...strange].join('\n')}\n`
  execFileSync('git', ['fast-import', '--quiet'], {
    cwd: folder,
    env: clockAt(at),
    input,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}
