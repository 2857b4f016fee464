import { parseYaml } from '@mlwright/domain'
import type { MlflowArtifacts, MlflowVersionFiles } from './mlflow-artifacts.ts'

/** The ONNX flavour of a version. */
export interface MlflowOnnx {
  readonly model: Uint8Array
  /** The file `MLmodel`, where it is right beside a `model.onnx`; else null. */
  readonly description: Uint8Array | null
}

type Flavors = Readonly<Record<string, { readonly data?: unknown } | null>>

function flavorsOf(text: string): Flavors | null {
  const { value } = parseYaml(text, 'MLmodel')
  const flavors = (value as { flavors?: unknown } | null | undefined)?.flavors
  return flavors !== null && typeof flavors === 'object' ? (flavors as Flavors) : null
}

/** Where the ONNX file of a version is, or a clause that says why it has none. */
async function onnxPath(description: Uint8Array | null): Promise<string | { readonly reason: string }> {
  if (!description) return { reason: 'its files are not to be had from here' }
  const flavors = flavorsOf(new TextDecoder().decode(description))
  if (!flavors) return { reason: 'its file MLmodel cannot be read' }
  const data = flavors.onnx?.data
  if (typeof data === 'string' && /^[\w.-]+(\/[\w.-]+)*$/.test(data) && !data.split('/').includes('..')) return data
  const names = Object.keys(flavors).filter((name) => name !== 'python_function')
  return {
    reason: `it is ${names.join(', ') || 'a Python function'} and not ONNX, and loading a pickle runs whatever is in it`,
  }
}

/** The ONNX file of a version, or a clause that says why there is none. */
export async function mlflowOnnx(
  artifacts: MlflowArtifacts,
  version: MlflowVersionFiles,
): Promise<MlflowOnnx | { readonly reason: string }> {
  const description = await artifacts.read(version, 'MLmodel')
  const path = await onnxPath(description)
  if (typeof path !== 'string') return path
  const model = await artifacts.read(version, path)
  if (!model) return { reason: `its file ${path} is not there` }
  return { model, description: path === 'model.onnx' ? description : null }
}
