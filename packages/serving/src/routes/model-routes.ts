import { version } from '@mlwright/domain'
import { HttpError } from '../http/http-error.ts'
import { jsonReply } from '../http/reply.ts'
import type { Call, Route } from '../http/route.ts'
import type { ServedModel } from '../model/served-model.ts'
import { modelMetadata, serverMetadata } from '../oip/metadata.ts'
import type { Traffic } from '../traffic/traffic.ts'

/** Health and metadata: the Open Inference Protocol's, MLflow's `/ping` and `/version`, and a plain `/health`. */
export function modelRoutes(parts: {
  readonly traffic: Traffic
  checkModel(name: string): void
  /** False once the server is stopping. */
  open(): boolean
}): Route[] {
  const { traffic, checkModel, open } = parts
  const get = (path: string, name: string, handle: (call: Call) => ReturnType<Route['handle']>): Route => ({
    method: 'GET',
    path,
    name,
    access: 'open',
    handle,
  })
  const ready = () => open() && traffic.ready
  const asked = ({ params }: Call): ServedModel => {
    checkModel(params.model!)
    return params.version === undefined ? traffic.champion : traffic.version(params.version)
  }
  const versions = () => traffic.models.map((model) => model.version)
  const readyReply = () => jsonReply({ live: true, ready: ready() }, ready() ? 200 : 503)
  const metadata = (call: Call) => {
    const model = asked(call)
    return jsonReply(modelMetadata(model, call.params.version === undefined ? versions() : [model.version]))
  }
  const modelReady = (call: Call) => {
    const model = asked(call)
    const isReady = open() && model.ready
    return jsonReply({ name: model.name, ready: isReady }, isReady ? 200 : 503)
  }
  return [
    get('/health', 'health', () =>
      jsonReply({ status: ready() ? 'ok' : 'unavailable', versions: versions() }, ready() ? 200 : 503),
    ),
    get('/ping', 'health', () => {
      if (!ready()) throw new HttpError(503, 'The model is not ready.')
      return { body: '\n' }
    }),
    get('/version', 'version', () => ({ body: version, type: 'text/plain' })),
    get('/v2', 'metadata', () => jsonReply(serverMetadata)),
    get('/v2/health/live', 'health', () => jsonReply({ live: true, ready: ready() })),
    get('/v2/health/ready', 'health', readyReply),
    get('/v2/models/{model}', 'metadata', metadata),
    get('/v2/models/{model}/versions/{version}', 'metadata', metadata),
    get('/v2/models/{model}/ready', 'health', modelReady),
    get('/v2/models/{model}/versions/{version}/ready', 'health', modelReady),
  ]
}
