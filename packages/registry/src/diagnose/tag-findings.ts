import type { Finding, Tag } from '@mlwright/domain'
import { parseTag, type RegistryTag } from '../parse-tag.ts'
import { problemFinding } from './problem-finding.ts'

interface Read {
  readonly tag: Tag
  readonly said: RegistryTag
}

/** Groups of more than one, in the order of their first members. */
function shared(all: readonly Read[], key: (read: Read) => string | null): Read[][] {
  const groups = new Map<string, Read[]>()
  for (const read of all) {
    const name = key(read)
    if (name === null) continue
    const group = groups.get(name)
    if (group) group.push(read)
    else groups.set(name, [read])
  }
  return [...groups.values()].filter((group) => group.length > 1)
}

const names = (group: readonly Read[]) => group.map(({ tag }) => tag.name).join(', ')
const distinct = (group: readonly Read[], value: (read: Read) => string | null) => new Set(group.map(value)).size > 1

function lightweight({ name }: Tag): Finding {
  return problemFinding(
    'lightweight-tag',
    'warn',
    `The tag ${name} is lightweight, so it records no event; delete it and let \`mlwright\` or \`git tag -a\` write it again.`,
  )
}

function created({ name }: Tag): Finding {
  return problemFinding(
    'created-tag',
    'fail',
    `The tag ${name} makes every command of gto fail; delete it with \`git tag -d '${name}'\` and \`git push --delete origin '${name}'\`.`,
  )
}

/** Ties that gto's priorities leave open, or settle in a way that nobody may have meant. */
function ties(events: readonly Read[]): Read[][] {
  const moment = ({ tag, said }: Read) => `${said.model} ${tag.at}`
  return [
    ...shared(events, (read) => (read.said.stage === null ? null : `${moment(read)} ${read.said.stage}`)).filter(
      (group) => distinct(group, ({ tag, said }) => `${said.event} ${tag.commit}`),
    ),
    ...shared(events, (read) =>
      read.said.version === null ? null : `${moment(read)} ${read.said.version} ${read.tag.commit}`,
    ).filter((group) => distinct(group, ({ said }) => said.event)),
    ...shared(events, moment).filter(
      (group) =>
        group.some(({ said }) => said.event === 'deprecation') &&
        group.some(({ said }) => said.event !== 'deprecation'),
    ),
  ]
}

/** What is wrong with tags alone. */
export function tagFindings(tags: readonly Tag[]): Finding[] {
  const read = tags.flatMap((tag) => {
    const said = parseTag(tag.name)
    return said ? [{ tag, said }] : []
  })
  const events = read.filter(({ tag }) => tag.annotated)
  const registrations = events.filter(({ said }) => said.event === 'registration')
  return [
    ...read.filter(({ tag }) => !tag.annotated).map(({ tag }) => lightweight(tag)),
    ...tags.filter(({ name }) => /@created(#[0-9]+)?$/.test(name)).map(created),
    ...ties(events).map((group) =>
      problemFinding(
        'same-second',
        'warn',
        `${names(group)} have the same second, so their order is a guess; write the one that counts again, with a new counter.`,
      ),
    ),
    ...shared(read, ({ said }) => (said.counter === null ? null : `${said.model} ${said.counter}`)).map((group) =>
      problemFinding(
        'duplicate-counter',
        'warn',
        `${names(group)} have the same counter, as two runs at the same time leave them; delete the one that was not meant.`,
      ),
    ),
    ...shared(registrations, ({ tag, said }) => `${said.model} ${tag.commit}`)
      .filter((group) => distinct(group, ({ said }) => said.version))
      .map((group) =>
        problemFinding(
          'versions-on-commit',
          'fail',
          `${names(group)} register one commit, where gto can tell no stage's version; keep one and delete the other tags.`,
        ),
      ),
  ]
}
