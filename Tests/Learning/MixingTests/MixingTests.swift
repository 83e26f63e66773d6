import Batches
import Mixing
import Networks
import Randomness
import Sampling
import TestSupport
import Testing
import Torch

/// The contract of every mixing, swept over all of them: a new mixing is one line in `all`.
@Suite struct MixingTests {
  static let all: [any Mixing] = [
    Unmixed(), Mixup(alpha: 0.1), Mixup(alpha: 1), BalancedMixup(alpha: 0.1),
    BalancedMixup(alpha: 3), Remix(unequal), MAMix(unequal), UniMix(equal),
    Sometimes(BalancedMixup(alpha: 1), probability: 0.3),
    Sometimes(Remix(unequal), probability: 0.5),
    AdpMix(equal), AdpMix(unequal), EnMix(alpha: 0.7),
    CutMix(alpha: 1, probability: 0.5), ContextPaste(),
  ]
  private static let equal = counts([5, 5, 5])
  private static let unequal = counts([20, 6, 1])
  /// Those that mix rows of numbers too.
  static let ofNumbers = all.filter { !$0.needsPixels }
  /// Those of them whose labels have the weights of the inputs.
  static let alike = ofNumbers.filter {
    let inner = ($0 as? Sometimes)?.mixing ?? $0
    return !(inner is Remix || inner is MAMix || goesBySizes(inner))
  }
  /// Those of them whose streams have a weight whatever their classes are.
  static let weighted = ofNumbers.filter { !goesBySizes($0) }

  private static func goesBySizes(_ mixing: any Mixing) -> Bool {
    (mixing as? AdpMix)?.classes == unequal
  }

  static func counts(_ counts: [Int]) -> ClassCounts {
    guard let classes = try? ClassCounts(counts) else {
      preconditionFailure("expected counts of at least 1, got \(counts)")
    }
    return classes
  }

  static func batches(for mixing: any Mixing) throws -> [Batch] {
    let golden = try GoldenMixing.load()
    return Array([golden.first, golden.second].prefix(mixing.streams))
  }

  @Test(arguments: all)
  func sameSeedSameBatch(mixing: any Mixing) throws {
    let batches = try Self.batches(for: mixing)
    var (one, two) = (RandomSource(seed: 3), RandomSource(seed: 3))
    let (a, b) = (mixing(batches, using: &one), mixing(batches, using: &two))
    #expect(a.inputs.values.scalars(as: Float.self) == b.inputs.values.scalars(as: Float.self))
    #expect(a.target == b.target)
    #expect(one == two)
  }

  @Test(arguments: all)
  func keepsShapeLayoutAndMass(mixing: any Mixing) throws {
    let batches = try Self.batches(for: mixing)
    var source = RandomSource(seed: 4)
    for _ in 0..<50 {
      let mixed = mixing(batches, using: &source)
      #expect(mixed.inputs.values.shape == batches[0].inputs.values.shape)
      #expect(mixed.inputs.values.dtype == .float32)
      #expect(mixed.inputs.values.isChannelsLast)
      let rows = mixed.target.dense(classes: 3).sum(dims: [1]).scalars(as: Double.self)
      #expect(difference(rows, [1, 1, 1, 1], relative: 1e-6) == nil)
      #expect(mixed.lambda.map { (0...1).contains($0) } != false)
    }
  }

  /// Whatever the weights of the inputs are, the labels have the same: mixing images that are
  /// themselves one-hot gives the target.
  @Test(arguments: alike)
  func inputsAndLabelsAlike(mixing: any Mixing) {
    var source = RandomSource(seed: 5)
    let batches = [[0, 0, 1, 2], [2, 1, 0, 2]].prefix(mixing.streams).map { labels in
      Batch(inputs: Target(labels).dense(classes: 3), target: Target(labels))
    }
    for _ in 0..<50 {
      let mixed = mixing(batches, using: &source)
      #expect(
        difference(
          mixed.inputs.values.scalars(as: Float.self),
          mixed.target.dense(classes: 3).scalars(as: Float.self), absolute: 1e-6) == nil)
    }
  }

  @Test(arguments: all)
  func leavesItsBatchesAlone(mixing: any Mixing) throws {
    let batches = try Self.batches(for: mixing)
    let before = batches.map { $0.inputs.values.scalars(as: Float.self) }
    var source = RandomSource(seed: 6)
    _ = mixing(batches, using: &source)
    #expect(batches.map { $0.inputs.values.scalars(as: Float.self) } == before)
  }

  /// Rows of which nothing is known give no mass, and others keep the share of theirs that a blend has.
  @Test(arguments: all)
  func unknownRows(mixing: any Mixing) throws {
    var batches = try Self.batches(for: mixing)
    for stream in batches.indices {
      let labels = batches[stream].target.terms[0].labels
      batches[stream].target = Target(known: labels.enumerated().map { $0 == 1 ? nil : $1 })
    }
    var source = RandomSource(seed: 12)
    for _ in 0..<50 {
      let mixed = mixing(batches, using: &source)
      let rows = mixed.target.dense(classes: 3).sum(dims: [1]).scalars(as: Double.self)
      #expect(rows.allSatisfy { -1e-6 <= $0 && $0 <= 1 + 1e-6 }, "\(rows)")
      #expect(mixed.inputs.values.shape == batches[0].inputs.values.shape)
      if mixing.streams == 1, mixed.lambda == nil { #expect(rows == [1, 0, 1, 1]) }
    }
  }

  /// Mean weight of each stream over 4,000 batches, by the mass of a class that only it has.
  @Test(arguments: weighted)
  func expectedWeights(mixing: any Mixing) {
    var source = RandomSource(seed: 7)
    let batches = (0..<mixing.streams).map { stream in
      Batch(inputs: Tensor.zeros([1, 1]), target: Target([stream]))
    }
    var mass = batches.map { _ in 0.0 }
    for _ in 0..<4000 {
      let drawn = mixing(batches, using: &source).target.massPerClass(mixing.streams)
      for stream in mass.indices { mass[stream] += drawn[stream] / 4000 }
    }
    #expect(close(mixing.expectedWeights.reduce(0, +), 1))
    #expect(difference(mass, mixing.expectedWeights, absolute: 0.02) == nil)
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      var source = RandomSource(seed: 1)
      _ = BalancedMixup(alpha: 1)(
        [Batch(inputs: Tensor.zeros([1, 1]), target: Target([0]))], using: &source)
    }
    await #expect(processExitsWith: .failure) {
      var source = RandomSource(seed: 1)
      _ = BalancedMixup(alpha: 1)(
        [
          Batch(inputs: Tensor.zeros([1, 2]), target: Target([0])),
          Batch(inputs: Tensor.zeros([1, 1]), target: Target([0])),
        ], using: &source)
    }
    await #expect(processExitsWith: .failure) { _ = BalancedMixup(alpha: 0) }
    await #expect(processExitsWith: .failure) { _ = Mixup(alpha: -1) }
  }
}
