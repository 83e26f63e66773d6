import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch

/// Stochastic depth by hand: of a network all of whose blocks but one add nothing, every row is either without that block, or
/// with 1 / (1 − rate) times what it adds.
@Suite("Stochastic depth by hand")
struct StochasticDepthTests {
  private static let blocks = (1...3).flatMap { stage in (0..<3).map { "layer\(stage).\($0)" } }
  private let rows = 64
  private let images = GoldenRule.tensor(1, [1, 3, 8, 8], scale: 3, .float64)
    .expanded(to: [64, 3, 8, 8]).cloned().channelsLast()

  /// What the last normalisation of each block is multiplied with.
  private func network(_ factors: [Double]) throws -> Network {
    let network = try Architectures.named("resnet20").build(
      classes: 2, form: NetworkForm(), using: Initializer(dtype: .float64, generator: nil))
    GoldenRule.fill(network)
    withoutGradients {
      for (block, factor) in zip(Self.blocks, factors) {
        for part in ["weight", "bias"] {
          guard let tensor = network.stateDict["\(block).bn2.\(part)"] else { continue }
          tensor.copy(from: tensor * factor)
        }
      }
    }
    // Frozen normalisations use what they remember, in training too.
    network.tune(.head)
    return network
  }

  private func features(_ network: Network, rate: Double, seed: UInt64 = 1) -> [[Double]] {
    var context = Context(training: true, generator: Generator(seed: seed))
    context.dropPath = rate
    let all = withoutGradients {
      network.features(images, context)[0].contiguous().scalars(as: Double.self)
    }
    return (0..<rows).map { Array(all[$0 * 64..<($0 + 1) * 64]) }
  }

  /// Block k of nine is left out with k / 8 of the rate.
  @Test("each row has the block whole or not at all", arguments: 0..<9)
  func oneBlock(place: Int) throws {
    let rate = 0.6 * Double(place) / 8
    func only(_ factor: Double) -> [Double] {
      (0..<9).map { $0 == place ? factor : 0 }
    }
    let without = features(try network(only(0)), rate: 0)[0]
    let with = features(try network(only(1 / (1 - rate))), rate: 0)[0]
    #expect(difference(without, with, absolute: 1e-6) != nil)
    let found = features(try network(only(1)), rate: 0.6)
    var kept = 0
    for row in found {
      if difference(row, with, relative: 1e-9, absolute: 1e-9) == nil {
        kept += 1
      } else {
        #expect(difference(row, without, relative: 1e-9, absolute: 1e-9) == nil)
      }
    }
    // Five deviations of a binomial of 64 rows.
    let expected = 64 * (1 - rate)
    #expect(abs(Double(kept) - expected) <= 5 * (expected * rate).squareRoot())
    #expect(place > 0 || kept == 64)
  }

  /// What is left out is drawn anew in each block: with two of them, all four cases come.
  @Test func blocksDrawForThemselves() throws {
    let factors = (0..<9).map { $0 >= 7 ? 1.0 : 0 }
    let found = features(try network(factors), rate: 0.5)
    let kinds = Set(found.map { $0.map { ($0 * 1e6).rounded() } })
    #expect(kinds.count == 4)
  }
}
