import type { Tag } from '@mlwright/domain'
import { foldEvents, registryEvents } from '@mlwright/registry'
import { expect, test } from 'vitest'
import { namedVersion, readVersionName } from '../../actions/common/named-version.ts'

const tag = (name: string, at: number, commit = `${at}`.repeat(40).slice(0, 40)): Tag => ({
  name,
  commit,
  annotated: true,
  at,
  message: '',
  tagger: 'Alice',
})
const registry = (...tags: Tag[]) => ({ tags, models: foldEvents(registryEvents(tags)) })
const churn = registry(
  tag('churn@v1.3.0', 1),
  tag('churn@v1.4.0', 2),
  tag('cv=seg@v0.1.0-rc.1', 3),
  tag('new#dev#1', 4),
)

test('is a model and a version', () => {
  expect(readVersionName('churn@v1.4.0')).toEqual({ model: 'churn', version: 'v1.4.0' })
  expect(readVersionName('cv:seg@v0.1.0-rc.1')).toEqual({ model: 'cv:seg', version: 'v0.1.0-rc.1' })
  expect(readVersionName('v1.4.0', 'churn')).toEqual({ model: 'churn', version: 'v1.4.0' })
  expect(readVersionName('churn@v1.4.0', 'other')).toEqual({ model: 'churn', version: 'v1.4.0' })
})

test.each([
  ['churn@1.4.0', '"churn@1.4.0" names no version; did you mean churn@v1.4.0?'],
  ['churn@v1.4.00', '"churn@v1.4.00" names no version; did you mean churn@v1.4.0?'],
  ['churn@v1.4', '"churn@v1.4" names no version; write model and version, such as churn@v1.4.0.'],
  ['v1.4.0', '"v1.4.0" names no version; write model and version, such as churn@v1.4.0.'],
  ['@v1.4.0', '"@v1.4.0" names no version; write model and version, such as churn@v1.4.0.'],
  ['churn#production', '"churn#production" names no version; write model and version, such as churn@v1.4.0.'],
  ['', '"" names no version; write model and version, such as churn@v1.4.0.'],
  ['churn', '"churn" is a model; name a version of it, such as churn@v1.4.0.'],
  ['churm@v1.4.0', 'No tag names the model churm; did you mean churn?'],
  ['churn@v1.4.1', 'churn has no version v1.4.1; did you mean churn@v1.4.0?'],
  ['churn@v22.0.0', 'churn has no version v22.0.0; did you mean churn@v1.4.0?'],
  ['new@v1.0.0', 'No version of new is registered; the action `register` makes the first one.'],
])('says of "%s" what is wrong with it', (text, sentence) => {
  expect(() => namedVersion(churn, text)).toThrow(sentence)
})

test('is the active one where a name was registered again', () => {
  const again = registry(tag('m@v1.0.0', 1), tag('m@v1.0.0!', 2, '1'.repeat(40)), tag('m@v1.0.0#3', 3))
  expect(namedVersion(again, 'm@v1.0.0').registered).toMatchObject({ active: true, tag: 'm@v1.0.0#3' })
})
