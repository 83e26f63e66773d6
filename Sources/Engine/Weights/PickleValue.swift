import Torch

/// What a restricted pickle can hold. Nothing here can do anything.
enum PickleValue {
  case none
  case bool(Bool)
  case integer(Int)
  case real(Double)
  case text(String)
  case container(PickleContainer)
  case function(PickleFunction)
  case storage(PickleStorage)
  case tensor(PickleTensor)
}

/// A tuple, list or dictionary: pickles fill them after they have put them into their memo.
final class PickleContainer {
  enum Kind { case tuple, list, dictionary }

  let kind: Kind
  /// Items; of a dictionary keys and values in turn.
  var items: [PickleValue]

  init(_ kind: Kind, _ items: [PickleValue] = []) {
    self.kind = kind
    self.items = items
  }

  /// Keys that are text and their values, in order; `nil` unless it is a dictionary of such keys.
  var members: [(key: String, value: PickleValue)]? {
    guard kind == .dictionary, items.count % 2 == 0 else { return nil }
    var members: [(key: String, value: PickleValue)] = []
    for index in stride(from: 0, to: items.count, by: 2) {
      guard case .text(let key) = items[index] else { return nil }
      members.append((key, items[index + 1]))
    }
    return members
  }
}

/// The functions and classes that a state dict is made of. No other name is ever looked up.
enum PickleFunction: Equatable {
  case orderedDictionary
  case rebuildTensor
  case rebuildParameter
  case storageType(DType)

  /// The function of a qualified Python name; `nil` for every other name.
  init?(_ name: String) {
    switch name {
    case "collections.OrderedDict": self = .orderedDictionary
    // The first has the same arguments but for the last two; PyTorch before 0.4 writes it.
    case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2": self = .rebuildTensor
    // The second is of a parameter that somebody gave attributes.
    case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state":
      self = .rebuildParameter
    default:
      guard let dtype = Self.storageTypes[name] else { return nil }
      self = .storageType(dtype)
    }
  }

  /// Whether a name that is no function here is that of tensors whose element type is not read.
  static func isOfUnreadType(_ name: String) -> Bool {
    name == "torch._utils._rebuild_tensor_v3"
      || name.hasPrefix("torch.") && name.hasSuffix("Storage")
  }

  private static let storageTypes: [String: DType] = [
    "torch.DoubleStorage": .float64, "torch.FloatStorage": .float32,
    "torch.HalfStorage": .float16, "torch.BFloat16Storage": .bfloat16,
    "torch.LongStorage": .int64, "torch.IntStorage": .int32, "torch.ByteStorage": .uint8,
    "torch.BoolStorage": .bool,
  ]
}

/// A block of elements that tensors are views of.
struct PickleStorage: Equatable {
  let key: String
  let dtype: DType
  /// Elements.
  let count: Int
}

/// A strided view of a storage.
struct PickleTensor {
  let storage: PickleStorage
  let offset: Int
  let shape: [Int]
  let strides: [Int]
}

extension PickleValue {
  var integer: Int? {
    if case .integer(let value) = self { value } else { nil }
  }

  /// The items of a tuple.
  var tuple: [PickleValue]? {
    if case .container(let container) = self, container.kind == .tuple {
      container.items
    } else {
      nil
    }
  }

  /// The whole numbers of a tuple or list of them.
  var integers: [Int]? {
    guard case .container(let container) = self, container.kind != .dictionary else { return nil }
    let integers = container.items.compactMap(\.integer)
    return integers.count == container.items.count ? integers : nil
  }
}
