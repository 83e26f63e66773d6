internal import CTorch
import Requirements

/// An n-dimensional array on libtorch, with gradients.
///
///     let x = Tensor([1, 2, 3, 4] as [Float], shape: [2, 2])
///     let y = (x * x).sum()
///     print(y.item())  // 30.0
///
/// A tensor is a reference to storage that libtorch counts: copies share it, and the last copy to
/// go frees it at once. Operations return new tensors unless their documentation says "in place".
///
/// A mistake of shape or element type stops the programme with the operation's name, what it
/// expected and what it got. What can fail for a good programme (a missing device, a file) throws.
public struct Tensor: Sendable {
  let handle: Handle

  var pointer: OpaquePointer { handle.pointer }
}

// MARK: What it is

extension Tensor {
  /// Sizes of the dimensions; empty for a single number.
  public var shape: [Int] { (0..<ct_rank(pointer)).map { Int(ct_size(pointer, $0)) } }

  /// Number of dimensions.
  public var rank: Int { Int(ct_rank(pointer)) }

  /// Number of elements.
  public var count: Int { Int(ct_count(pointer)) }

  /// Type of the elements.
  /// - Precondition: libtorch's type is one of ``DType``.
  public var dtype: DType {
    guard let type = DType(rawValue: ct_dtype(pointer)) else {
      requirementFailed("Tensor.dtype: expected one of \(DType.allCases), got another type")
    }
    return type
  }

  /// Where it lives.
  public var device: Device {
    var index: Int32 = 0
    let kind = ct_device(pointer, &index)
    return kind == Int32(CT_CUDA) ? .cuda(Int(index)) : kind == Int32(CT_MPS) ? .mps : .cpu
  }

  /// What tells two tensors apart: the same for all copies of one, for as long as there is one.
  public var identity: ObjectIdentifier { ObjectIdentifier(handle) }

  /// Whether a `[N, C, H, W]` tensor stores the channels of one pixel side by side.
  public var isChannelsLast: Bool { ct_is_channels_last(pointer) }

  /// Whether the elements lie in row-major order without gaps.
  public var isContiguous: Bool { ct_is_contiguous(pointer) }
}

extension Tensor: CustomStringConvertible {
  /// Type and shape, and the values of a small tensor.
  public var description: String {
    let head = "Tensor(\(dtype)\(shape)"
    return count <= 16 ? head + ", \(scalars(as: Double.self)))" : head + ")"
  }
}
