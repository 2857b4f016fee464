import { parseYaml, type TensorInfo } from '@mlwright/domain'
import { tensorSpec } from './documents/ml-model.ts'
import type { ModelSignature } from './documents/model-signature.ts'

type Spec = ReturnType<typeof tensorSpec>

/** What a file MLmodel of ours says of inputs or outputs; null where it says nothing. */
function released(mlModel: string, side: keyof ModelSignature): Spec[] | null {
  const { signature } = (parseYaml(mlModel, 'MLmodel').value ?? {}) as { signature?: Record<string, string> }
  return signature?.[side] ? (JSON.parse(signature[side]) as Spec[]) : null
}

function change(side: 'input' | 'output', before: readonly Spec[], tensors: readonly TensorInfo[]): string | null {
  const now = new Map(tensors.map((tensor) => [tensor.name, tensorSpec(tensor)['tensor-spec']]))
  for (const { name, 'tensor-spec': was } of before) {
    const is = now.get(name)
    if (!is) return `the model file has no ${side} ${JSON.stringify(name)} any more`
    if (is.dtype !== was.dtype) return `the ${side} ${JSON.stringify(name)} was ${was.dtype} and is ${is.dtype}`
    if (is.shape.length !== was.shape.length)
      return `the ${side} ${JSON.stringify(name)} had ${was.shape.length} dimensions and has ${is.shape.length}`
  }
  return null
}

/** Why a program that calls the model file beside a file MLmodel cannot call one with this signature; null where it can. */
export function brokenSignature(mlModel: string, { inputs, outputs }: ModelSignature): string | null {
  const [before, after] = [released(mlModel, 'inputs'), released(mlModel, 'outputs')]
  return (before && change('input', before, inputs)) ?? (after && change('output', after, outputs))
}
