import { nearest } from '@mlwright/domain'
import { badRequest } from '../http/http-error.ts'
import { isObject, type JsonObject, parseJson } from '../http/parse-json.ts'
import { shown } from '../http/shown.ts'
import type { ServedModel } from '../model/served-model.ts'
import type { ServedTensor } from '../model/served-tensor.ts'
import { type Feed, sizeOf } from '../tensors/feed.ts'
import { flatten, parseElements } from '../tensors/parse-elements.ts'
import { readBytes } from '../tensors/wire-bytes.ts'

/** One output that somebody asks for. */
export interface RequestedOutput {
  readonly at: number
  readonly binary: boolean
}

/** An inference request of the Open Inference Protocol as it came: its JSON, and the bytes behind it. */
export interface InferRequest {
  readonly id: string | null
  readonly body: JsonObject
  readonly inputs: readonly unknown[]
  readonly bytes: Buffer
}

/** Splits a body into its JSON and its binary tensors. `jsonLength` is the header Inference-Header-Content-Length. */
export function parseInferRequest(body: Buffer, jsonLength: string | undefined): InferRequest {
  const length = jsonLength === undefined ? body.length : /^\d{1,10}$/.test(jsonLength) ? Number(jsonLength) : -1
  if (length < 0 || length > body.length)
    throw badRequest(
      `The header Inference-Header-Content-Length is ${jsonLength}, and the body has ${body.length} bytes.`,
    )
  if (length === 0 && body.length > 0)
    throw badRequest('Raw binary requests are not served; send the JSON of the request before its bytes.')
  const value = parseJson(body.subarray(0, length))
  if (!isObject(value)) throw badRequest('The request has to be a JSON object with `inputs`.')
  const { id, inputs } = value
  if (id !== undefined && id !== null && typeof id !== 'string') throw badRequest('`id` has to be text.')
  if (!Array.isArray(inputs)) throw badRequest('`inputs` is missing; it has to be a list of tensors.')
  return { id: id ?? null, body: value, inputs, bytes: body.subarray(length) }
}

const named = (name: unknown) => (name === undefined ? 'without a name' : shown(name))

const parametersOf = (value: JsonObject, what: string): JsonObject => {
  const { parameters } = value
  if (parameters === undefined || parameters === null) return {}
  if (isObject(parameters)) return parameters
  throw badRequest(`${what}: \`parameters\` has to be an object.`)
}

function shapeOf(given: unknown, { name, shape }: ServedTensor): number[] {
  const what = `The input ${name}`
  if (!Array.isArray(given)) throw badRequest(`${what}: \`shape\` is missing; it has to be a list of whole numbers.`)
  const wrong = given.find((size) => !Number.isSafeInteger(size) || (size as number) < 0)
  if (wrong !== undefined) throw badRequest(`${what}: its shape holds ${shown(wrong)}, which is no length.`)
  const asked = `[${shape.map((size) => size ?? -1).join(',')}]`
  // Of a model that does not say how many dimensions there are, onnxruntime says that there are none.
  const known = shape.length > 0
  if (known && (given.length !== shape.length || shape.some((size, at) => size !== null && size !== given[at])))
    throw badRequest(`${what}: its shape is [${given.slice(0, 16).join(',')}], and the model takes ${asked}.`)
  if (sizeOf(given) > 1e9) throw badRequest(`${what}: its shape is too large.`)
  return given
}

/** The tensors of a request in the order of the model's inputs. Throws HttpError 400 at the first one that is wrong. */
export function inferFeeds(request: InferRequest, model: ServedModel): Feed[] {
  const feeds = new Array<Feed | undefined>(model.inputs.length)
  let offset = 0
  for (const [index, given] of request.inputs.entries()) {
    if (!isObject(given)) throw badRequest(`inputs[${index}] has to be an object with name, shape, datatype and data.`)
    const at = model.inputs.findIndex(({ name }) => name === given.name)
    const input = model.inputs[at]
    if (!input) {
      const names = model.inputs.map(({ name }) => name)
      const near = typeof given.name === 'string' && given.name.length <= 64 ? nearest(given.name, names) : null
      const hint = near ? `did you mean ${near}?` : `it takes ${names.slice(0, 10).join(', ')}.`
      throw badRequest(`The model has no input ${named(given.name)}; ${hint}`)
    }
    const what = `The input ${input.name}`
    if (feeds[at]) throw badRequest(`${what} is given twice.`)
    const { element } = input
    if (given.datatype !== element.datatype)
      throw badRequest(
        `${what} is ${given.datatype === undefined ? 'without a datatype' : shown(given.datatype)}, and the model takes ${element.datatype}.`,
      )
    const shape = shapeOf(given.shape, input)
    const size = parametersOf(given, what).binary_data_size
    if (size !== undefined) {
      if (!Number.isSafeInteger(size) || (size as number) < 0 || offset + (size as number) > request.bytes.length)
        throw badRequest(
          `${what}: binary_data_size is ${shown(size)}, and ${request.bytes.length - offset} bytes are left.`,
        )
      const end = offset + (size as number)
      feeds[at] = { data: readBytes(element, request.bytes.subarray(offset, end), sizeOf(shape), what), shape }
      offset = end
      continue
    }
    if (!Array.isArray(given.data)) throw badRequest(`${what}: \`data\` is missing; it has to be a list.`)
    const flat = flatten(given.data)
    if (flat.length !== sizeOf(shape))
      throw badRequest(
        `${what}: it has ${flat.length} elements, and its shape [${shape.join(',')}] asks for ${sizeOf(shape)}.`,
      )
    feeds[at] = { data: parseElements(element, flat, what), shape }
  }
  const missing = model.inputs.find((_, at) => !feeds[at])
  if (missing) throw badRequest(`The input ${missing.name} is missing.`)
  if (offset !== request.bytes.length)
    throw badRequest(`${request.bytes.length - offset} bytes stand behind the last tensor; correct binary_data_size.`)
  return feeds as Feed[]
}

/** The first element of an input that is sent as JSON, else the request's parameter of that name. */
export function firstElement({ body, inputs }: InferRequest, name: string): unknown {
  const given = inputs.find((input) => isObject(input) && input.name === name) as JsonObject | undefined
  if (Array.isArray(given?.data)) return flatten(given.data)[0]
  const { parameters } = body
  return isObject(parameters) && Object.hasOwn(parameters, name) ? parameters[name] : undefined
}

/** The outputs that a request asks for; all of them where it names none. */
export function requestedOutputs({ body }: InferRequest, model: ServedModel): RequestedOutput[] {
  const binary = parametersOf(body, 'The request').binary_data_output === true
  const { outputs } = body
  if (outputs === undefined || outputs === null || (Array.isArray(outputs) && outputs.length === 0))
    return model.outputs.map((_, at) => ({ at, binary }))
  if (!Array.isArray(outputs)) throw badRequest('`outputs` has to be a list of objects with a name.')
  return outputs.map((given: unknown) => {
    const name = isObject(given) ? given.name : undefined
    const at = model.outputs.findIndex((output) => output.name === name)
    if (!isObject(given) || at < 0)
      throw badRequest(
        `The model has no output ${named(name)}; it has ${model.outputs.map((output) => output.name).join(', ')}.`,
      )
    const own = parametersOf(given, `The output ${String(name)}`).binary_data
    return { at, binary: typeof own === 'boolean' ? own : binary }
  })
}
