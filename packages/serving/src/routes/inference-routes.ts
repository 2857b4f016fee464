import type { Tensor } from '@mlwright/domain'
import { HttpError } from '../http/http-error.ts'
import { parseJson } from '../http/parse-json.ts'
import type { Reply } from '../http/reply.ts'
import { requestId } from '../http/request-id.ts'
import type { Call, Route } from '../http/route.ts'
import type { Inference } from '../inference.ts'
import { csvInvocation, jsonInvocation } from '../mlflow/invocation.ts'
import { invocationReply } from '../mlflow/invocation-reply.ts'
import type { RowAnswer } from '../model/answer-layout.ts'
import type { ServedModel } from '../model/served-model.ts'
import { firstElement, inferFeeds, parseInferRequest, requestedOutputs } from '../oip/infer-request.ts'
import { inferResponse } from '../oip/infer-response.ts'
import { columnFeeds } from '../predict/column-feeds.ts'
import { predictReply } from '../predict/predict-reply.ts'
import { predictRows } from '../predict/predict-request.ts'
import type { Feed } from '../tensors/feed.ts'

/** The header that asks for a version. */
export const variantHeader = 'x-model-variant'

interface Decoded {
  readonly id?: string | null
  /** A column of the first row. */
  column(name: string): unknown
  feeds(model: ServedModel): readonly Feed[]
  encode(
    model: ServedModel,
    outputs: readonly Tensor[],
    rows: number,
    answers: () => readonly RowAnswer[],
    id: string,
  ): Reply
}

/** What a content type says, without its parameters; null where there is none. */
const mediaType = (call: Call) =>
  /^[^;]+/
    .exec(call.header('content-type') ?? '')?.[0]
    .trim()
    .toLowerCase() || null

/** What curl says where nobody says otherwise. */
const formType = 'application/x-www-form-urlencoded'

function requireJson(call: Call): void {
  const type = mediaType(call)
  // Triton's client sends JSON without a type; browsers' fetch may say text/plain.
  if (
    type === null ||
    type === 'application/json' ||
    type === 'text/plain' ||
    type === formType ||
    type.endsWith('+json')
  )
    return
  throw new HttpError(415, `The body is ${type}; send application/json.`)
}

function decodeInfer(call: Call, body: Buffer): Decoded {
  const request = parseInferRequest(body, call.header('inference-header-content-length'))
  return {
    id: request.id,
    column: (name) => firstElement(request, name),
    feeds: (model) => {
      requestedOutputs(request, model)
      return inferFeeds(request, model)
    },
    encode: (model, outputs) => inferResponse(model, request.id, requestedOutputs(request, model), outputs),
  }
}

function decodeInvocation(call: Call, body: Buffer): Decoded {
  const type = mediaType(call)
  if (type !== 'text/csv') requireJson(call)
  const invocation = type === 'text/csv' ? csvInvocation(body) : jsonInvocation(parseJson(body))
  return {
    column: (name) => invocation.column(name),
    feeds: (model) => invocation.feeds(model),
    encode: (model, outputs, rows) => invocationReply(model, invocation.frame, outputs, rows),
  }
}

function decodePredict(call: Call, body: Buffer): Decoded {
  requireJson(call)
  const { named, single } = predictRows(parseJson(body))
  return {
    column: (name) => named.at(0, name),
    feeds: (model) => columnFeeds(model, named),
    encode: (model, _outputs, _rows, answers, id) => predictReply(model, answers(), single, id),
  }
}

/** The routes that predict: `/predict`, `/invocations`, and `infer` of the Open Inference Protocol. */
export function inferenceRoutes(inference: Inference, checkModel: (name: string) => void): Route[] {
  const post = (path: string, name: string, decode: (call: Call, body: Buffer) => Decoded): Route => ({
    method: 'POST',
    path,
    name,
    access: 'key',
    async handle(call) {
      if (call.params.model !== undefined) checkModel(call.params.model)
      const body = await call.body()
      const received = performance.now()
      const decoded = decode(call, body)
      const id = requestId(call.header('x-request-id'), decoded.id)
      return inference.answer({
        id,
        route: name,
        received,
        bytes: body.length,
        header: call.header,
        column: decoded.column,
        forced: call.params.version ?? (call.header(variantHeader) || undefined),
        feeds: decoded.feeds,
        encode: (model, outputs, rows, answers) => decoded.encode(model, outputs, rows, answers, id),
      })
    },
  })
  return [
    post('/predict', 'predict', decodePredict),
    post('/invocations', 'invocations', decodeInvocation),
    post('/v2/models/{model}/infer', 'infer', decodeInfer),
    post('/v2/models/{model}/versions/{version}/infer', 'infer', decodeInfer),
  ]
}
