import CTorch

/// Where a tensor lives and is computed on.
public enum Device: Hashable, Sendable, CustomStringConvertible {
  /// The processor.
  case cpu
  /// The CUDA device of this index, from 0.
  case cuda(Int)
  /// Apple's Metal Performance Shaders.
  case mps

  /// PyTorch's name: `cpu`, `cuda:0`, `mps`.
  public var description: String {
    switch self {
    case .cpu: "cpu"
    case .cuda(let index): "cuda:\(index)"
    case .mps: "mps"
    }
  }

  /// A device by name: `auto`, `cpu`, `cuda`, `cuda:1` or `mps`.
  ///
  /// `auto` is the first CUDA device where there is one, else MPS, else the processor.
  /// - Throws: `TorchError` naming the known forms, or saying that this build or machine has none.
  public init(_ name: String) throws(TorchError) {
    switch name {
    case "auto": self = Engine.cudaCount > 0 ? .cuda(0) : Engine.hasMPS ? .mps : .cpu
    case "cpu": self = .cpu
    case "mps":
      guard Engine.hasMPS else { throw Device.absent(name, "none here; use cpu") }
      self = .mps
    default:
      let parts = name.split(separator: ":", omittingEmptySubsequences: false)
      let digits = parts.count == 1 ? "0" : parts[1]
      guard parts.first == "cuda", parts.count <= 2, digits.allSatisfy(\.isWholeNumber),
        let index = Int(digits)
      else {
        throw Device.absent(name, "not a device; use auto, cpu, cuda, cuda:N or mps")
      }
      guard index < Engine.cudaCount else {
        throw Device.absent(
          name, "CUDA devices here: \(Engine.cudaCount); use cpu, or a libtorch built for CUDA")
      }
      self = .cuda(index)
    }
  }

  private static func absent(_ name: String, _ reason: String) -> TorchError {
    TorchError(operation: "device '\(name)'", reason: reason)
  }

  var code: (kind: Int32, index: Int32) {
    switch self {
    case .cpu: (Int32(CT_CPU), 0)
    case .cuda(let index): (Int32(CT_CUDA), Int32(index))
    case .mps: (Int32(CT_MPS), 0)
    }
  }
}
