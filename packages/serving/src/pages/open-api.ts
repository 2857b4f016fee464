import { version } from '@mlwright/domain'
import type { ServedModel } from '../model/served-model.ts'
import { columnSchema, exampleValue } from './column-schema.ts'

type Schema = Readonly<Record<string, unknown>>

const content = (schema: Schema, example?: unknown) => ({
  content: { 'application/json': { schema, ...(example !== undefined && { example }) } },
})
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const problem = (description: string) => ({ description, ...content(ref('Error')) })

function answerSchemas(model: ServedModel): Readonly<Record<string, Schema>> {
  const { task, classes } = model.signature
  const prediction: Schema =
    task === 'regression'
      ? { type: 'number' }
      : classes.length > 0
        ? { type: 'string', enum: classes }
        : { description: 'What the model answers.' }
  const properties =
    model.layout.probabilities < 0
      ? { prediction }
      : {
          prediction,
          score: { type: 'number', description: 'Probability of the positive class of two, else of the likeliest.' },
          probabilities:
            classes.length > 0 ? { type: 'object', additionalProperties: { type: 'number' } } : { type: 'array' },
        }
  const head = { request_id: { type: 'string' }, model: { type: 'string' }, version: { type: 'string' } }
  return {
    Row: {
      type: 'object',
      properties: Object.fromEntries(
        model.signature.columns.map((column) => [column.name, columnSchema(model, column)]),
      ),
      required: model.signature.columns.map(({ name }) => name),
    },
    Prediction: { type: 'object', properties, required: ['prediction'] },
    Predictions: {
      type: 'object',
      properties: { ...head, ...properties, predictions: { type: 'array', items: ref('Prediction') } },
      required: Object.keys(head),
    },
    Error: { type: 'object', properties: { error: { type: 'string' } }, required: ['error'] },
    Tensor: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        shape: { type: 'array', items: { type: 'integer', minimum: 0 } },
        datatype: { type: 'string', enum: [...new Set(model.inputs.map(({ element }) => element.datatype))] },
        parameters: { type: 'object' },
        data: { type: 'array' },
      },
      required: ['name', 'shape', 'datatype', 'data'],
    },
  }
}

/** The OpenAPI 3.1 description of a model's server, from the model's own signature. */
export function openApi(model: ServedModel, secured: boolean): Schema {
  const row = Object.fromEntries(model.signature.columns.map((column) => [column.name, exampleValue(model, column)]))
  const security = secured ? { security: [{ bearer: [] }, { apiKey: [] }] } : {}
  const refusals = {
    '400': problem('The request is wrong; the sentence names the column.'),
    ...(secured && { '401': problem('The key is missing or not known.') }),
    '413': problem('The body is too large.'),
    '415': problem('The content type or encoding is not served.'),
    '503': problem('The server is busy or not ready; try again after the seconds of Retry-After.'),
    '504': problem('The model did not answer in time.'),
  }
  const variant = {
    name: 'X-Model-Variant',
    in: 'header',
    required: false,
    description: 'Asks for a version in place of the one that the traffic policy deals.',
    schema: { type: 'string' },
  }
  const post = (summary: string, schema: Schema, ok: Schema, example?: unknown) => ({
    post: {
      summary,
      parameters: [variant],
      ...security,
      requestBody: { required: true, ...content(schema, example) },
      responses: { '200': { description: 'The answer.', ...content(ok) }, ...refusals },
    },
  })
  const get = (summary: string, type = 'application/json', unready = false) => ({
    get: {
      summary,
      responses: {
        '200': { description: 'OK', content: { [type]: {} } },
        ...(unready && { '503': { description: 'Not ready.', content: { 'application/json': {} } } }),
      },
    },
  })
  const base = `/v2/models/${encodeURIComponent(model.name)}`
  const frame = { type: 'array', minItems: 1, items: ref('Row') }
  return {
    openapi: '3.1.0',
    info: { title: `${model.name}, a model served by mlwright`, version: model.version, 'x-mlwright': version },
    paths: {
      '/predict': post(
        'Predict one row, or a list of rows, of named columns.',
        { oneOf: [ref('Row'), frame] },
        ref('Predictions'),
        row,
      ),
      '/invocations': post(
        "MLflow's scoring protocol.",
        {
          oneOf: [
            { type: 'object', properties: { dataframe_records: frame }, required: ['dataframe_records'] },
            {
              type: 'object',
              properties: {
                dataframe_split: {
                  type: 'object',
                  properties: {
                    columns: { type: 'array', items: { type: 'string' } },
                    data: { type: 'array', minItems: 1, items: { type: 'array' } },
                  },
                  required: ['columns', 'data'],
                },
              },
              required: ['dataframe_split'],
            },
            { type: 'object', properties: { instances: { type: 'array' } }, required: ['instances'] },
            { type: 'object', properties: { inputs: {} }, required: ['inputs'] },
          ],
        },
        { type: 'object', properties: { predictions: {} }, required: ['predictions'] },
        { dataframe_records: [row] },
      ),
      [`${base}/infer`]: post(
        'Open Inference Protocol v2.',
        {
          type: 'object',
          properties: { id: { type: 'string' }, inputs: { type: 'array', items: ref('Tensor') } },
          required: ['inputs'],
        },
        { type: 'object', required: ['model_name', 'outputs'] },
      ),
      [base]: get('Inputs, outputs and versions.'),
      [`${base}/ready`]: get('Whether the model is ready.', 'application/json', true),
      '/v2': get('Name, version and extensions of the server.'),
      '/v2/health/live': get('Whether the server is alive.'),
      '/v2/health/ready': get('Whether the server is ready.', 'application/json', true),
      '/health': get('Whether the server is ready, and its versions.', 'application/json', true),
      '/ping': get('Whether the server is ready.', 'application/json', true),
      '/version': get('The version of mlwright.', 'text/plain'),
      '/metrics': get('Metrics for Prometheus.', 'text/plain'),
      '/feedback': {
        post: {
          summary: 'A label that became known, by the id of the request.',
          ...security,
          requestBody: {
            required: true,
            ...content({
              type: 'object',
              properties: {
                request_id: { type: 'string', minLength: 1, maxLength: 128 },
                row: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
                label: { type: ['string', 'number', 'boolean'] },
              },
              required: ['request_id', 'label'],
              additionalProperties: false,
            }),
          },
          responses: { '202': { description: 'Taken.', ...content({ type: 'object' }) }, ...refusals },
        },
      },
    },
    components: {
      schemas: answerSchemas(model),
      ...(secured && {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        },
      }),
    },
  }
}
