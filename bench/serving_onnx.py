# The model of the peers of bench/serving.mjs: onnxruntime with one thread, and columns as it wants them.
import numpy as np
import onnxruntime

kinds = {"tensor(float)": np.float32, "tensor(double)": np.float64, "tensor(string)": object}
missing = {np.float32: float("nan"), np.float64: float("nan"), object: ""}


class OnnxModel:
    def __init__(self, path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self.inputs = [(i.name, kinds[i.type]) for i in self.session.get_inputs()]

    def run(self, columns):
        """Label and probabilities of columns by name, each a list of values."""
        return self.session.run(
            None,
            {
                name: np.array([[missing[kind] if v is None else v] for v in columns[name]], dtype=kind)
                for name, kind in self.inputs
            },
        )

    def answer(self, rows):
        label, probabilities = self.run({name: [row[name] for row in rows] for name, _ in self.inputs})
        return [{"prediction": a, "probabilities": p} for a, p in zip(label.tolist(), probabilities.tolist())]
