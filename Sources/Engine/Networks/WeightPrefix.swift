import OrderedCollections
import Weights

/// Finds a network in weights whose names have something before its own: `module.` of data parallel training,
/// `model.` of Lightning, `backbone.` of a detector, `state_dict.model.module.` of several at once.
struct WeightPrefix {
  /// What stands before the network's names, with its dot; empty where nothing does.
  let text: String

  /// Words that a wrapper adds, and that say nothing of which of several networks it is.
  private static let usual: Set<String> = [
    "model", "module", "backbone", "encoder", "network", "net", "state_dict", "model_state_dict",
    "_orig_mod", "base_model", "trunk", "feature_extractor",
  ]

  /// - Parameters:
  ///   - names: Names of the network that must be there.
  ///   - weights: What may hold them.
  ///   - network: What errors call it.
  /// - Throws: ``WeightsError/ambiguous(network:prefixes:)``.
  init(of names: [String], in weights: StateDict, network: String) throws(WeightsError) {
    guard let anchor = names.first else {
      text = ""
      return
    }
    let prefixes = weights.keys.filter { $0 == anchor || $0.hasSuffix("." + anchor) }
      .map { String($0.dropLast(anchor.count)) }
    let counts = prefixes.map { prefix in names.count { weights[prefix + $0] != nil } }
    let whole = zip(prefixes, counts).filter { $0.1 == names.count }.map(\.0)
    if whole.contains("") || prefixes.isEmpty {
      text = ""
    } else if whole.count > 1 {
      let plain = whole.filter { prefix in
        prefix.split(separator: ".").allSatisfy { Self.usual.contains(String($0)) }
      }
      guard plain.count == 1 else { throw .ambiguous(network: network, prefixes: whole) }
      text = plain[0]
    } else {
      // Without a whole one, what comes nearest: its gaps are then named.
      let best = counts.indices.max { counts[$0] < counts[$1] }
      text = whole.first ?? best.map { prefixes[$0] } ?? ""
    }
  }

  /// The weights under the prefix by the network's own names, and what else there is by its whole name.
  func stripped(_ weights: StateDict) -> (weights: StateDict, others: [String]) {
    guard !text.isEmpty else { return (weights, []) }
    var (own, others) = (StateDict(), [String]())
    for (name, tensor) in weights {
      if name.hasPrefix(text) {
        own[String(name.dropFirst(text.count))] = tensor
      } else {
        others.append(name)
      }
    }
    return (own, others)
  }
}
