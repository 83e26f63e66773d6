import Torch

/// Checks of libtorch and of what it can use on this machine.
enum EngineChecks {
  static func all() -> [Check] {
    if let problem = Engine.problem {
      return [
        Check("libtorch", .failed, problem, fix: "make engine, in the checkout of steelyard"),
        bfloat16,
      ]
    }
    return [library, bfloat16, accelerator]
  }

  /// Multiplies two matrices, so that a library that loads but does not compute is found out.
  private static var library: Check {
    let values = Tensor([1.0, 2.0, 3.0, 4.0] as [Float], shape: [2, 2])
    let product = values.matmul(values).scalars(as: Float.self)
    let found = "\(Engine.version), \(Engine.threads) threads, \(Engine.instructions)"
    return product == [7, 10, 15, 22]
      ? Check("libtorch", .ok, found)
      : Check(
        "libtorch", .failed, "\(found), but a product of matrices came out as \(product)",
        fix: "make distclean build (or set LIBTORCH to another build of libtorch 2.13)")
  }

  private static var bfloat16: Check {
    Engine.hasNativeBFloat16
      ? Check("bfloat16", .ok, "native; --amp auto uses it")
      : Check(
        "bfloat16", .limited, "not native here; --amp auto computes in float32",
        fix: "none needed; training is slower than on a processor with AVX512-BF16 or AMX")
  }

  private static var accelerator: Check {
    if Engine.cudaCount > 0 {
      return Check("accelerator", .ok, "CUDA, \(Engine.cudaCount) devices")
    }
    if Engine.hasMPS { return Check("accelerator", .ok, "MPS") }
    return Check(
      "accelerator", .limited, "none; computing on the processor",
      fix: "for a GPU, build with LIBTORCH=/path/to/libtorch built for CUDA")
  }
}
