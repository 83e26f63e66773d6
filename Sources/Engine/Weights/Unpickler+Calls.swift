import Torch

// The instructions that call something in Python. Here they make tensors' descriptions, or refuse.
extension Unpickler {
  mutating func calling(_ code: UInt8) throws(PickleError) -> Bool {
    switch code {
    case UInt8(ascii: "c"):
      let module = try input.line()
      stack.append(try function(module, input.line()))
    case 0x93:
      guard case .text(let name) = try pop(), case .text(let module) = try pop() else {
        throw .malformed("it asks for a name that is not text")
      }
      stack.append(try function(module, name))
    case UInt8(ascii: "R"):
      let arguments = try pop()
      try call(pop(), arguments)
    case UInt8(ascii: "Q"):
      let storage = try storage(pop())
      if storages[storage.key] == nil { storages[storage.key] = storage }
      stack.append(.storage(storage))
    case UInt8(ascii: "b"):
      // Attributes of an ordered dictionary: the version numbers that PyTorch adds. Not needed.
      _ = try pop()
      _ = try top(.dictionary)
    default: return false
    }
    return true
  }

  private func function(_ module: String, _ name: String) throws(PickleError) -> PickleValue {
    let whole = "\(module).\(name)"
    if let function = PickleFunction(whole) { return .function(function) }
    guard PickleFunction.isOfUnreadType(whole) else { throw .refused(whole) }
    let known = DType.allCases.map(\.description).joined(separator: ", ")
    throw .malformed(
      "it has tensors (\(whole)) of a type that is not read; those that are: \(known)")
  }

  private mutating func call(
    _ function: PickleValue, _ arguments: PickleValue
  ) throws(PickleError) {
    guard case .function(let function) = function, let arguments = arguments.tuple else {
      throw .malformed("it calls something that is no function")
    }
    switch function {
    case .orderedDictionary where arguments.isEmpty: push(.dictionary)
    case .rebuildTensor: stack.append(.tensor(try tensor(arguments)))
    case .rebuildParameter:
      guard case .tensor(let tensor)? = arguments.first else {
        throw .malformed("a parameter of no tensor")
      }
      stack.append(.tensor(tensor))
    default: throw .malformed("it calls \(function) with unusual arguments")
    }
  }

  /// `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)`, or the older one without the last two.
  private func tensor(_ arguments: [PickleValue]) throws(PickleError) -> PickleTensor {
    guard arguments.count >= 4, case .storage(let storage) = arguments[0],
      let offset = arguments[1].integer, let shape = arguments[2].integers,
      let strides = arguments[3].integers, shape.count == strides.count,
      (shape + strides + [offset]).allSatisfy({ $0 >= 0 })
    else { throw .malformed("a tensor is described wrongly") }
    let tensor = PickleTensor(storage: storage, offset: offset, shape: shape, strides: strides)
    guard tensor.isWithinStorage else {
      throw .malformed("a tensor of shape \(shape) lies outside its storage")
    }
    return tensor
  }

  /// `('storage', type, key, location, count)`, with a sixth `None` in old files.
  private func storage(_ value: PickleValue) throws(PickleError) -> PickleStorage {
    guard let items = value.tuple, items.count >= 5, case .text("storage") = items[0],
      case .function(.storageType(let dtype)) = items[1], case .text(let key) = items[2],
      let count = items[4].integer, count >= 0
    else { throw .malformed("a storage is described wrongly") }
    if items.count > 5, case .container = items[5] {
      throw .malformed("a storage is a part of another; save the state dict again")
    }
    return PickleStorage(key: key, dtype: dtype, count: count)
  }
}

extension PickleTensor {
  /// Whether every element lies in the storage, and there are not more elements than it has (so that
  /// a small file cannot ask for a huge tensor by strides of 0).
  var isWithinStorage: Bool {
    guard let bytes = byteCount(shape, storage.dtype) else { return false }
    guard bytes > 0 else { return true }
    guard bytes / storage.dtype.bytes <= storage.count else { return false }
    var last = offset
    for (length, stride) in zip(shape, strides) {
      let (reach, tooFar) = (length - 1).multipliedReportingOverflow(by: stride)
      let (sum, overflow) = last.addingReportingOverflow(reach)
      if tooFar || overflow { return false }
      last = sum
    }
    return last < storage.count
  }
}
