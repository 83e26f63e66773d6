import OrderedCollections
import Torch
import Weights

/// The names that another package gives to the tensors of a network that stands here.
struct WeightSpelling: Sendable {
  /// The package.
  let name: String
  /// The weights under the network's own names, of which there is a list, and what else there is as it was; `nil` where the
  /// file does not have this spelling.
  private let rewrite: @Sendable (StateDict, [String]) -> StateDict?

  /// A spelling that has one tensor for each of the network's.
  ///
  /// - Parameters:
  ///   - name: the package.
  ///   - names: from the network's own names to that package's, in the same order; `nil` where it has no such network.
  init(name: String, names: @escaping @Sendable ([String]) -> [String]?) {
    self.init(name: name) { weights, own in Self.renamed(weights, own, names(own)) }
  }

  /// A spelling that divides tensors otherwise as well.
  ///
  /// - Parameters:
  ///   - name: the package.
  ///   - rewrite: the weights under the network's own names; `nil` where the file does not have this spelling.
  init(name: String, rewrite: @escaping @Sendable (StateDict, [String]) -> StateDict?) {
    (self.name, self.rewrite) = (name, rewrite)
  }

  /// What the networks are called that such files are never of, and whose they are then.
  ///
  /// - Parameter network: an architecture's name.
  /// - Returns: the architecture with the same tensors that they are of; `nil` where `network` may well be it.
  func twin(of network: String) -> String? {
    let isOfOther =
      switch name {
      case Self.efficientNetPyTorch.name: network.hasSuffix("_torch")
      case Self.torchvision: network.hasPrefix("efficientnet_") && !network.hasSuffix("_torch")
      default: false
      }
    return isOfOther ? (try? Architectures.named(network))?.twin : nil
  }

  /// Whether files with these names are all of one of two networks with the same tensors.
  var settlesTwin: Bool { [Self.efficientNetPyTorch.name, Self.torchvision].contains(name) }

  /// What torchvision is called.
  static let torchvision = "torchvision"

  /// Every spelling that is read.
  static let all =
    [efficientNetPyTorch, torchvisionDenseNet, huggingFace, metaRegisters, metaRotations] + placed

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
    return rewrite(weights, Array(plain)).map { (name, $0) }
  }

  private static func renamed(
    _ weights: StateDict, _ own: [String], _ theirs: [String]?
  ) -> StateDict? {
    // A name that both have says nothing.
    guard let theirs, let anchor = zip(theirs, own).first(where: { $0 != $1 })?.0,
      let found = weights.keys.first(where: { $0 == anchor || $0.hasSuffix("." + anchor) })
    else { return nil }
    let prefix = String(found.dropLast(anchor.count))
    let ours = Dictionary(uniqueKeysWithValues: zip(theirs, own))
    var renamed = StateDict()
    for (key, tensor) in weights {
      let name = key.hasPrefix(prefix) ? ours[String(key.dropFirst(prefix.count))] : nil
      renamed[name.map { prefix + $0 } ?? key] = tensor
    }
    return renamed
  }

  /// `experts.0.blocks.6.0.bn1.weight` is `blocks.6.0.bn1.weight` of a branch.
  private static func withoutBranch(_ name: String) -> String {
    guard name.hasPrefix("experts.") else { return name }
    return name.split(separator: ".").dropFirst(2).joined(separator: ".")
  }
}
