import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { mlBom } from '@mlwright/registry'
import { describe, expect, it } from 'vitest'
import { facts } from './facts.ts'

const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6)
const problems = (text: string) => validator.validate(text)

const unknown = {
  ...facts,
  repository: null,
  comparison: null,
  signature: null,
  project: { name: 'telco-churn', requirements: [] },
  run: { ...facts.run, code: { ...facts.run.code, author: null, commit: null }, stamp: null },
}

describe('the ML-BOM', () => {
  it("is valid by CycloneDX's own schema of version 1.6", async () => {
    expect(await problems(mlBom(facts))).toBeNull()
    expect(await problems(mlBom(unknown))).toBeNull()
  })

  it('is held by a validator that refuses what the schema does not know', async () => {
    expect(await problems(mlBom(facts).replace('"modelParameters"', '"parameters"'))).not.toBeNull()
  })

  it('names the model by its digest, and its data', () => {
    const { metadata, components } = JSON.parse(mlBom(facts))
    expect(metadata.component).toMatchObject({
      type: 'machine-learning-model',
      name: 'churn',
      version: 'v1.4.0',
      hashes: [{ alg: 'SHA-256', content: facts.run.model_file!.digest }],
    })
    expect(components).toEqual([expect.objectContaining({ type: 'data', version: facts.run.dataset.digest })])
  })

  it('has every metric with its interval, in every slice', () => {
    const { performanceMetrics } = JSON.parse(mlBom(facts)).metadata.component.modelCard.quantitativeAnalysis
    expect(performanceMetrics[0]).toEqual({
      type: 'roc_auc',
      value: '0.8431',
      confidenceInterval: { lowerBound: '0.8212', upperBound: '0.8638' },
    })
    expect(performanceMetrics.map(({ slice }: { slice?: string }) => slice)).toContain('contract=One year')
  })

  it('has a serial number that follows from the tag and the model', () => {
    const serial = (tag: string) => JSON.parse(mlBom({ ...facts, tag })).serialNumber
    expect(serial('churn@v1.4.0')).toBe(serial('churn@v1.4.0'))
    expect(serial('churn@v1.4.0')).not.toBe(serial('churn@v1.4.1'))
    expect(serial('churn@v1.4.0')).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  })
})
