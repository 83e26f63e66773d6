import CTorch
import Requirements

/// The engine as a whole: version, threads, what the processor can do.
///
/// Its library, libctorch, is loaded at the first operation, and libtorch with it: a program that makes no tensor starts without them.
/// Where it cannot be loaded, an operation ends the process with the reason; ``start()`` throws it before.
public enum Engine {
  /// Loads the engine. The system's message where that fails; `nil` where the engine is there.
  public static var problem: String? { ct_load().map { String(cString: $0) } }

  /// libtorch's version, such as `2.13.0`.
  public static var version: String { String(cString: ct_version()) }

  /// Threads that one operation may use; at least 1.
  /// - Precondition: a new value is at least 1.
  public static var threads: Int {
    get { Int(ct_get_threads()) }
    set {
      require(newValue >= 1, "Engine.threads: expected at least 1, got \(newValue)")
      _ = ct_set_threads(Int32(newValue))
    }
  }

  /// Whether the processor multiplies bfloat16 natively.
  public static var hasNativeBFloat16: Bool { ct_has_bfloat16() }

  /// The widest instruction set libtorch found, such as `AVX512`.
  public static var instructions: String { String(cString: ct_cpu_capability()) }

  /// CUDA devices this build and machine offer; 0 without CUDA.
  public static var cudaCount: Int { Int(ct_cuda_count()) }

  /// Whether autocast to bfloat16 pays on `device`: it multiplies that type natively.
  public static func supportsBFloat16(on device: Device) -> Bool {
    switch device {
    case .cpu: hasNativeBFloat16
    case .cuda: ct_cuda_has_bfloat16()
    case .mps: false
    }
  }

  /// Whether this build offers Metal Performance Shaders.
  public static var hasMPS: Bool { ct_has_mps() }

  /// Loads the engine, and tells the C allocator to keep memory between steps instead of giving it back to the kernel.
  ///
  /// Under glibc, large activations are otherwise mapped, zeroed and unmapped at every step. Call once, before the first tensor.
  /// - Throws: `TorchError` where the engine cannot be loaded.
  public static func start() throws(TorchError) {
    if let problem {
      throw TorchError(
        operation: "the engine cannot be loaded",
        reason: "\(problem); type `make engine` in the checkout of steelyard")
    }
    ct_tune_allocator()
  }
}
