import { create } from '@bufbuild/protobuf'
import { type NodeProto, NodeProtoSchema, type TensorProto } from 'onnx-buf'
import { type AttributeValue, attribute } from './attributes.ts'

/** A graph under construction. Values are names; those given out here never meet a feature's name. */
export class Graph {
  readonly nodes: NodeProto[] = []
  readonly initializers: TensorProto[] = []
  readonly #prefix: string
  #given = 0

  constructor(features: readonly string[]) {
    let prefix = '_'
    while (features.some((name) => name.startsWith(prefix))) prefix += '_'
    this.#prefix = prefix
  }

  /** Adds a constant and returns its name. */
  constant(tensor: TensorProto): string {
    tensor.name = this.#name()
    this.initializers.push(tensor)
    return tensor.name
  }

  /** Adds a node of the standard domain, or of ai.onnx.ml, and returns the name of its one output. */
  node(
    operator: string,
    input: readonly string[],
    options: {
      readonly domain?: 'ai.onnx.ml'
      readonly output?: string
      readonly [attribute: string]: AttributeValue | undefined
    } = {},
  ): string {
    const { domain = '', output = this.#name(), ...attributes } = options
    const list = Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined ? [] : [attribute(name, value)],
    )
    this.nodes.push(
      create(NodeProtoSchema, { opType: operator, domain, input: [...input], output: [output], attribute: list }),
    )
    return output
  }

  #name(): string {
    this.#given++
    return `${this.#prefix}${this.#given}`
  }
}
