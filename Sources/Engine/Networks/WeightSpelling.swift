import OrderedCollections
import Torch
import Weights

/// The names that another package gives to the tensors of a network that stands here.
struct WeightSpelling: Sendable {
  /// The package.
  let name: String
  /// From the network's own names to that package's, in the same order; `nil` where it has no such network.
  let names: @Sendable ([String]) -> [String]?

  /// What the networks are called that such files are never of, and whose they are then.
  ///
  /// - Parameter network: an architecture's name.
  /// - Returns: the architecture with the same tensors that they are of; `nil` where `network` may well be it.
  func twin(of network: String) -> String? {
    guard self.name == Self.efficientNetPyTorch.name, network.hasSuffix("_torch") else {
      return nil
    }
    return (try? Architectures.named(network))?.twin
  }

  /// Every spelling that is read.
  static let all = [efficientNetPyTorch]

  /// The weights under the network's own names, and what else there is as it was.
  ///
  /// - Parameters:
  ///   - weights: names as in a file, all of the package's under one prefix.
  ///   - own: the names of the network; a branch's own name before them does not count.
  /// - Returns: the package and the renamed weights, or `nil` where the file does not have this spelling.
  func translated(
    _ weights: StateDict, to own: some Sequence<String>
  ) -> (name: String, weights: StateDict)? {
    var plain = OrderedSet<String>()
    for name in own { plain.append(Self.withoutBranch(name)) }
    guard let theirs = names(Array(plain)), let anchor = theirs.first,
      let found = weights.keys.first(where: { $0 == anchor || $0.hasSuffix("." + anchor) })
    else { return nil }
    let prefix = String(found.dropLast(anchor.count))
    let ours = Dictionary(uniqueKeysWithValues: zip(theirs, plain))
    var renamed = StateDict()
    for (key, tensor) in weights {
      let name = key.hasPrefix(prefix) ? ours[String(key.dropFirst(prefix.count))] : nil
      renamed[name.map { prefix + $0 } ?? key] = tensor
    }
    return (name, renamed)
  }

  /// `experts.0.blocks.6.0.bn1.weight` is `blocks.6.0.bn1.weight` of a branch.
  private static func withoutBranch(_ name: String) -> String {
    guard name.hasPrefix("experts.") else { return name }
    return name.split(separator: ".").dropFirst(2).joined(separator: ".")
  }
}
