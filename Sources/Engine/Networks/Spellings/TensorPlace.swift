/// Where a tensor of another package stands in a network here.
enum TensorPlace: Equatable {
  /// As it is.
  case whole(String)
  /// In one axis: `[C, 1, 1]` is `[C]`.
  case flat(String)
  /// With axes of length 1 before its own: `[N, D]` is `[1, N, D]`.
  case batched(String)
  /// One of the three parts, counted from 0, that a tensor of queries, keys and values has in its first axis.
  case third(String, Int)
  /// Queries, keys and values in one, where the network has the first apart from the others.
  case divided(queries: String, others: String)
  /// Nowhere: it follows from the architecture.
  case implied
}

/// The names of a block's layers in another package, and the network's own.
struct LayerNames {
  /// From theirs to the network's own, without the last part of a tensor's name.
  let own: [String: String]

  /// - Parameters:
  ///   - rest: the parts of a tensor's name after the block, `["mlp", "0", "weight"]`.
  ///   - block: what the network calls the block, `layers.0.blocks.1`.
  /// - Returns: the network's own name, `layers.0.blocks.1.mlp.fc1.weight`; `nil` of an unknown layer.
  func callAsFunction(_ rest: ArraySlice<String>, in block: String) -> String? {
    guard let last = rest.last, let layer = own[rest.dropLast().joined(separator: ".")] else {
      return nil
    }
    return "\(block).\(layer).\(last)"
  }
}

/// A tensor's name in its parts.
struct TensorName {
  let parts: [String]

  init(_ name: String) {
    parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  }

  /// The part at a place; empty where there is none.
  subscript(_ place: Int) -> String { parts.indices.contains(place) ? parts[place] : "" }

  /// The number at a place.
  func number(_ place: Int) -> Int? { Int(self[place]) }

  /// The parts from a place on.
  func from(_ place: Int) -> ArraySlice<String> { parts.dropFirst(place) }

  /// The network's own name for a layer that stands at the front of this one.
  ///
  /// - Parameter layers: from the package's names to the network's own.
  func replaced(by layers: [String: String]) -> String? {
    guard let last = parts.last else { return nil }
    return layers[parts.dropLast().joined(separator: ".")].map { "\($0).\(last)" }
  }
}
