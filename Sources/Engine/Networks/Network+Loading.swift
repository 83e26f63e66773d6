public import OrderedCollections
import Torch
public import Weights

/// What became of the weights of a file.
public struct LoadReport: Sendable, Equatable {
  /// Names copied into the network.
  public var loaded: [String] = []
  /// The network's own parameters that kept their first values: the last layer of other classes.
  public var leftOut: [String] = []
  /// Names of the file that the network has no place for.
  public var unexpected: [String] = []
  /// What stood before the network's names in the file, such as `model.`; empty where nothing did.
  public var prefix = ""
  /// Whose names the file has where they are not PyTorch's own for this network, such as `efficientnet_pytorch`.
  public var spelling: String?
  /// Whether that tells of which of two networks with the same tensors the file is.
  public var settlesTwin = false
  /// Names of the file, of a network of one branch, that were copied into every branch of this one.
  public var copiedIntoBranches: [String] = []
  /// What was done to positions that the file has for another grid of patches, in words; `nil` where nothing was.
  public var regridded: String?

  package init() {}
}

extension Network {
  /// Copies the weights of a network of the same classes into this one, as PyTorch's
  /// `load_state_dict` does: every name on both sides. `num_batches_tracked` may be absent.
  ///
  /// - Parameter weights: Tensors by this network's names, those of ``stateDict``; element types convert.
  /// - Throws: ``WeightsError`` for a missing or unexpected name or another shape; nothing is copied then.
  @discardableResult
  public func load(_ weights: StateDict) throws(WeightsError) -> LoadReport {
    try load(weights, pretrained: false)
  }

  /// Copies the weights of a network trained on any classes into this one.
  ///
  /// The last layer is left out where its shape differs or it is absent; a projection begins anew. Names that all have something before
  /// them, as `module.` of data parallel training, `model.` of Lightning or `backbone.` of a detector, are found
  /// by what remains. Weights of a network of one branch go into every branch of this one. Names as another package
  /// spells them are translated where all of them are known: `_conv_stem.weight` of efficientnet_pytorch. Positions of
  /// another grid of patches are interpolated.
  ///
  /// - Parameter given: Tensors by this network's names, or as another package spells them; element types convert.
  /// - Returns: What was copied, left out, and not understood.
  /// - Throws: ``WeightsError`` when the backbone lacks a name or has another shape, a value is NaN or
  ///   infinite, several networks would fit, or nothing would be copied; nothing is copied then.
  public func loadPretrained(_ given: StateDict) throws(WeightsError) -> LoadReport {
    let found = try translated(given)
    if let spelling = found.spelling, let twin = spelling.twin(of: name) {
      throw .twin(
        network: name, of: twin, reason: "they have names as \(spelling.name) spells them")
    }
    let (placed, words) = regridded(found.weights)
    var report = try load(placed, pretrained: true)
    report.regridded = words
    report.unexpected += found.others
    report.prefix = found.prefix
    report.spelling = found.spelling?.name
    report.settlesTwin = found.spelling?.settlesTwin ?? false
    let loaded = Set(report.loaded)
    report.copiedIntoBranches = found.copied.filter { loaded.contains("experts.0." + $0) }
    return report
  }

  /// How many tensors of trunk and branches the weights have in the same shape, of how many, and how many tensors the
  /// weights are; nothing is copied.
  ///
  /// - Parameter given: as for ``loadPretrained(_:)``.
  public func agreement(with given: StateDict) -> (agreeing: Int, of: Int, given: Int) {
    let weights = (try? translated(given))?.weights ?? given
    let mine = stateDict.filter {
      !headNames.contains($0.key) && !projectionNames.contains($0.key)
        && !routerNames.contains($0.key)
        && !$0.key.hasSuffix(".num_batches_tracked")
    }
    let agreeing = mine.count { weights[$0.key]?.shape == $0.value.shape }
    return (agreeing, mine.count, given.count)
  }

  /// The weights under this network's names, and what was done to them.
  private struct Translation {
    let weights: StateDict
    let spelling: WeightSpelling?
    let prefix: String
    /// Names of the file under no prefix of the network's.
    let others: [String]
    /// Names that went to every branch.
    let copied: [String]
  }

  private func translated(_ given: StateDict) throws(WeightsError) -> Translation {
    // What is this network's own, such as the mark of its decoding, has no name elsewhere.
    let unknown = Set(ownNames)
    let names = stateDict.keys.filter { !unknown.contains($0) }
    let spelled = WeightSpelling.all.lazy.compactMap { spelling in
      spelling.translated(given, to: names).map { (spelling, $0.weights) }
    }
    .first
    let weights = spelled?.1 ?? given
    let prefix = try WeightPrefix(of: prefixedNames(in: weights), in: weights, network: name)
    let (own, others) = prefix.stripped(weights)
    let (spread, copied) = spreadOverBranches(own)
    return Translation(
      weights: spread, spelling: spelled?.0, prefix: prefix.text, others: others, copied: copied)
  }

  /// The names that must stand in a file under one prefix: those of trunk and branches; where the file has no
  /// branches, without the branch's own name.
  private func prefixedNames(in weights: StateDict) -> [String] {
    let names = stateDict.keys.filter {
      !headNames.contains($0) && !ownNames.contains($0)
        && !$0.hasSuffix(".num_batches_tracked")
    }
    guard form.branches > 1, !weights.keys.contains(where: { $0.contains("experts.0.") }) else {
      return Array(names)
    }
    return names.compactMap { name in
      if name.hasPrefix("experts.0.") { return String(name.dropFirst("experts.0.".count)) }
      return name.hasPrefix("experts.") ? nil : name
    }
  }

  /// The weights with each that belongs to a branch of this network and stands there without the branch's name
  /// under the name of every branch; and which those are.
  private func spreadOverBranches(_ weights: StateDict) -> (spread: StateDict, copied: [String]) {
    let prefixes = form.branches > 1 ? (0..<form.branches).map { "experts.\($0)." } : []
    var (spread, copied) = (weights, [String]())
    for key in stateDict.keys where weights[key] == nil {
      guard let prefix = prefixes.first(where: { key.hasPrefix($0) }) else { continue }
      let plain = String(key.dropFirst(prefix.count))
      guard let tensor = weights[plain] else { continue }
      spread[key] = tensor
      if spread.removeValue(forKey: plain) != nil { copied.append(plain) }
    }
    return (spread, copied)
  }

  private func load(_ weights: StateDict, pretrained: Bool) throws(WeightsError) -> LoadReport {
    var own = stateDict
    // A projection belongs to the contrast that it was trained with, not to weights to begin from.
    if pretrained { for name in ownNames { own[name] = nil } }
    var report = LoadReport()
    var differences: [WeightsError.Difference] = []
    for (key, tensor) in own {
      let mayDiffer = pretrained && headNames.contains(key)
      guard let source = weights[key] else {
        if mayDiffer {
          report.leftOut.append(key)
        } else if !key.hasSuffix(".num_batches_tracked") {
          differences.append(.init(name: key, expected: tensor.shape, got: nil))
        }
        continue
      }
      if source.shape == tensor.shape {
        report.loaded.append(key)
      } else if mayDiffer {
        report.leftOut.append(key)
      } else {
        differences.append(.init(name: key, expected: tensor.shape, got: source.shape))
      }
    }
    if let error = error(of: differences) { throw error }
    report.unexpected = weights.keys.filter { own[$0] == nil }
    guard pretrained || report.unexpected.isEmpty else {
      throw .unexpected(network: name, names: report.unexpected)
    }
    if !Set(headNames).isDisjoint(with: report.leftOut) { leaveOutWholeHead(&report) }
    if pretrained {
      try requireSomething(report.loaded, of: weights, for: own)
      try requireFinite(report.loaded, of: weights)
    }
    copy(report.loaded, of: weights, into: own)
    return report
  }

  /// What is said of differences: names where tensors are only absent, a shape where there is one.
  private func error(of differences: [WeightsError.Difference]) -> WeightsError? {
    guard let first = differences.first else { return nil }
    if differences.allSatisfy({ $0.got == nil }) {
      return .missing(network: name, names: differences.map(\.name))
    }
    if differences.count == 1, let got = first.got {
      return .shape(network: name, name: first.name, expected: first.expected, got: got)
    }
    return .differences(
      network: name, first: Array(differences.prefix(3)), count: differences.count)
  }

  /// A network whose backbone has no tensors needs nothing of a file: what is then left is the head.
  private func requireSomething(
    _ names: [String], of weights: StateDict, for own: StateDict
  ) throws(WeightsError) {
    guard names.isEmpty else { return }
    guard let name = headNames.first, let mine = own[name], let theirs = weights[name] else {
      throw .missing(network: self.name, names: headNames)
    }
    throw .shape(network: self.name, name: name, expected: mine.shape, got: theirs.shape)
  }

  private static let fractions: [DType] = [.float64, .float32, .float16, .bfloat16]

  private func requireFinite(_ names: [String], of weights: StateDict) throws(WeightsError) {
    let bad = names.compactMap { name -> (name: String, count: Int)? in
      guard let tensor = weights[name], Self.fractions.contains(tensor.dtype), tensor.count > 0
      else { return nil }
      let count = Int(tensor.isFinite().logicalNot().to(.float64).sum().item())
      return count == 0 ? nil : (name, count)
    }
    guard let first = bad.first else { return }
    throw .notFinite(
      network: name, name: first.name, count: first.count, tensors: bad.count)
  }

  /// A bias of the right length beside a kernel of the wrong one is not this head's.
  private func leaveOutWholeHead(_ report: inout LoadReport) {
    report.loaded.removeAll { headNames.contains($0) }
    report.leftOut = headNames
  }

  private func copy(_ names: [String], of weights: StateDict, into own: StateDict) {
    withoutGradients {
      for name in names {
        if let source = weights[name] { own[name]?.copy(from: source) }
      }
    }
  }
}
