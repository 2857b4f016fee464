import { MemoryRefs } from '@mlwright/action'
import { expect, it } from 'vitest'
import { differingFiles } from '../../actions/report/differing-files.ts'
import { finding, validation } from '../report/fixtures.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const at = (file: string) => ({ ...finding, location: { file, line: 2, column: 1 } })

async function commits(refs: MemoryRefs) {
  const same = ['churn/same.yaml', bytes('a: 1')] as const
  const head = await refs.commit('head', 'Head', new Map([same, ['churn/moved.yaml', bytes('b: 1')]]))
  const merged = new Map([
    same,
    ['churn/moved.yaml', bytes('new: 0\nb: 1')],
    ['churn/new.yaml', bytes('c: 1')],
  ] as const)
  return { head, tested: await refs.commit('merge', 'Merge', merged) }
}

it('names the files that the merge changed or added, and no other', async () => {
  const refs = new MemoryRefs()
  const report = {
    ...validation,
    findings: [...['same.yaml', 'moved.yaml', 'new.yaml'].map(at), { ...finding, location: null }],
  }
  const found = await differingFiles(refs, { ...(await commits(refs)), prefix: 'churn/' }, [report])
  expect(found).toEqual(['churn/moved.yaml', 'churn/new.yaml'])
})

it('asks for no tree where the tested commit is the head, or no finding has a place', async () => {
  const refs = new MemoryRefs()
  const { head, tested } = await commits(refs)
  refs.tree = () => Promise.reject(new Error('asked'))
  const report = { ...validation, findings: [at('moved.yaml')] }
  expect(await differingFiles(refs, { tested, head: tested, prefix: '' }, [report])).toEqual([])
  expect(await differingFiles(refs, { tested, head: null, prefix: '' }, [report])).toEqual([])
  expect(await differingFiles(refs, { tested, head, prefix: '' }, [validation])).toEqual([])
})
