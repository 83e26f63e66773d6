import Requirements
public import Torch

/// What a loss or an objective remembers between steps: tensors by name.
///
/// The training session moves a memory to its device, saves it with the weights and gives it back.
/// Tensors are references: an update replaces a tensor and never changes it in place, so a copy of the value
/// made before a step still holds what was remembered then, and a repeated step counts once.
public struct Memory: Sendable {
  /// Names in the order in which they were first set.
  public private(set) var names: [String] = []
  private var tensors: [String: Tensor] = [:]

  /// A memory of some tensors.
  ///
  /// - Parameter tensors: unique names with tensors of any shape; none is no memory at all.
  public init(_ tensors: KeyValuePairs<String, Tensor> = [:]) {
    for (name, tensor) in tensors { self[name] = tensor }
  }

  /// The tensor of a name, in the shape that it was set in.
  ///
  /// - Precondition: getting: the memory has it.
  public subscript(name: String) -> Tensor {
    get {
      guard let tensor = tensors[name] else {
        requirementFailed("Memory: expected one of \(names), got '\(name)'")
      }
      return tensor
    }
    set {
      if tensors[name] == nil { names.append(name) }
      tensors[name] = newValue
    }
  }

  /// Whether there is nothing to remember.
  public var isEmpty: Bool { names.isEmpty }

  /// Names with tensors, in order; the tensors are the memory's own, in their shapes.
  public var entries: [(name: String, tensor: Tensor)] { names.map { ($0, self[$0]) } }

  /// The same with copies of the tensors.
  public func snapshot() -> Memory {
    withoutGradients { mapping { $0.detached().cloned() } }
  }

  /// The same on a device.
  public func moved(to device: Device) -> Memory { mapping { $0.moved(to: device) } }

  /// The part under a prefix `PREFIX.`, with the prefix taken off.
  public func part(_ prefix: String) -> Memory {
    var part = Memory()
    for (name, tensor) in entries where name.hasPrefix(prefix + ".") {
      part[String(name.dropFirst(prefix.count + 1))] = tensor
    }
    return part
  }

  /// Takes over a part under a prefix, as `PREFIX.NAME`.
  public mutating func set(_ prefix: String, _ part: Memory) {
    for (name, tensor) in part.entries { self["\(prefix).\(name)"] = tensor }
  }

  private func mapping(_ change: (Tensor) -> Tensor) -> Memory {
    var copy = self
    for name in names { copy[name] = change(self[name]) }
    return copy
  }
}
