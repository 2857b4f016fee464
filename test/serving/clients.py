# Real clients against our server: `clients.py triton|kserve URL`. Prints one JSON document of what they got.
import asyncio
import json
import sys

import numpy as np

client, url = sys.argv[1:]
rows = np.array([[1.5, 2.0], [3.0, -4.25]], dtype=np.float32)


def triton():
    import tritonclient.http as http
    from tritonclient.utils import InferenceServerException

    with http.InferenceServerClient(url.removeprefix("http://"), concurrency=4) as server:
        got = {
            "live": server.is_server_live(),
            "ready": server.is_server_ready(),
            "model": server.is_model_ready("echo"),
            "version": server.is_model_ready("echo", "v1"),
            "server": server.get_server_metadata()["name"],
            "metadata": server.get_model_metadata("echo"),
            "answers": [],
        }
        for binary_in in (True, False):
            for binary_out in (True, False):
                for compression in (None, "gzip", "deflate"):
                    x = http.InferInput("x", [2, 2], "FP32")
                    x.set_data_from_numpy(rows, binary_data=binary_in)
                    text = http.InferInput("text", [2, 1], "BYTES")
                    text.set_data_from_numpy(np.array([["a"], ["hé"]], dtype=object), binary_data=binary_in)
                    outputs = [http.InferRequestedOutput(n, binary_data=binary_out) for n in ("y", "said")]
                    result = server.infer(
                        "echo", [x, text], outputs=outputs, request_id="r1", request_compression_algorithm=compression
                    )
                    got["answers"].append(
                        [result.as_numpy("y").tolist(), [t.decode() if isinstance(t, bytes) else t for t in result.as_numpy("said").ravel()], result.get_response()["id"]]
                    )
        x = http.InferInput("x", [1, 3], "FP32")
        x.set_data_from_numpy(np.zeros((1, 3), dtype=np.float32))
        try:
            server.infer("echo", [x])
        except InferenceServerException as error:
            got["error"] = [error.status(), error.message()]
        pending = [
            server.async_infer("echo", [x, text]) for x, text in [inputs(http, k) for k in range(32)]
        ]
        got["many"] = [p.get_result().as_numpy("y")[0, 0].item() for p in pending]
        return got


def inputs(http, k):
    x = http.InferInput("x", [1, 2], "FP32")
    x.set_data_from_numpy(np.array([[k, 0]], dtype=np.float32))
    text = http.InferInput("text", [1, 1], "BYTES")
    text.set_data_from_numpy(np.array([[str(k)]], dtype=object))
    return x, text


async def kserve():
    import httpx
    from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig

    server = InferenceRESTClient(config=RESTConfig(protocol="v2", retries=0, timeout=20))
    got = {
        "live": await server.is_server_live(url),
        "ready": await server.is_server_ready(url),
        "model": await server.is_model_ready(url, "echo"),
        "answers": [],
    }
    for binary in (True, False):
        x = InferInput("x", [2, 2], "FP32")
        x.set_data_from_numpy(rows, binary_data=binary)
        text = InferInput("text", [2, 1], "BYTES", data=["a", "hé"])
        request = InferRequest("echo", [x, text], request_id="r1")
        result = await server.infer(url, request, model_name="echo")
        got["answers"].append([o.as_numpy().ravel().tolist() for o in result.outputs])
        got["id"] = result.id
    try:
        await server.infer(url, InferRequest("echo", [InferInput("x", [1, 2], "FP32", data=[1.0, 2.0])]), model_name="echo")
    except httpx.HTTPStatusError as error:
        got["error"] = [error.response.status_code, str(error)]
    return got


print(json.dumps(triton() if client == "triton" else asyncio.run(kserve())))
