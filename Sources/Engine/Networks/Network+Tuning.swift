import Requirements
import Torch

extension Network {
  /// Lets a part of trunk and branches learn beside the heads and the projection, and freezes the rest, in place.
  ///
  /// A frozen batch normalisation uses its running statistics and leaves them alone.
  ///
  /// - Parameter tuning: what learns.
  /// - Precondition: the network has what is to learn.
  public func tune(_ tuning: Tuning) {
    let learned = learnedNames(tuning)
    for (name, tensor) in parameters { tensor.requiringGrad(learned.contains(name)) }
  }

  private func learnedNames(_ tuning: Tuning) -> Set<String> {
    let always = headNames + projectionNames
    if form.adapter != nil { return Set(always + adapterNames) }
    switch tuning {
    case .all: return Set(parameters.map(\.name))
    case .head: return Set(always)
    case .bias:
      return Set(always + parameters.map(\.name).filter { $0.hasSuffix(".bias") })
    case .blocks(let count):
      require(
        (1...max(blockCount, 1)).contains(count),
        "Network.tune: expected 1 to \(blockCount) blocks of \(name), got \(count)")
      let first = lastGroup - count
      return Set(always + parameters.map(\.name).filter { (groups[$0] ?? 0) >= first })
    case .adapter(let adapter):
      requirementFailed("Network.tune: expected a network with \(adapter), got none")
    }
  }

  /// How many blocks stand behind the first layers of a branch, each with what belongs to it.
  public var blockCount: Int { max(lastGroup - 1, 0) }

  /// How deep every parameter stands, from 0, as timm groups them: first layers, then block by block, then the heads with
  /// what is normalised right before them. Branches stand side by side.
  public var groups: [String: Int] {
    Dictionary(uniqueKeysWithValues: zip(parameters.map(\.name), depths.map { $0 ?? lastGroup }))
  }

  /// The group of the heads.
  private var lastGroup: Int { (depths.compactMap(\.self).max() ?? -1) + 1 }

  /// How much every parameter's learning rate counts where each group has a fixed part of the next deeper one's:
  /// decay^(last group − group), so that the heads have 1.
  ///
  /// Source: Clark et al., *ELECTRA*, ICLR 2020; Bao et al., *BEiT*, ICLR 2022; groups and values are timm's.
  ///
  /// - Parameter decay: the part, above 0 and up to 1; 1 changes nothing.
  public func rates(decay: Double) -> [String: Double] {
    let powers = (0...lastGroup).map { _pow(decay, lastGroup - $0) }
    return groups.mapValues { powers[$0] }
  }

  private func _pow(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { value, _ in value * base }
  }

  /// Draws the first values of adapters that do not begin as 0.
  func drawAdapters(using initializer: Initializer) {
    guard initializer.generator != nil else { return }
    withoutGradients {
      for (tensor, distribution) in adapterBeginnings {
        tensor.copy(from: initializer.weight(tensor.shape, distribution))
      }
    }
  }
}
