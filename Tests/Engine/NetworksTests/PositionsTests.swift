import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

/// Weights of a transformer that were made for another grid of patches.
@Suite struct PositionsTests {
  private func network() throws -> Network {
    try Architectures.named("vit_small_patch16_224").build(
      classes: 2, using: Generator(seed: 1))
  }

  /// Positions of one value stay of that value; the class token's stays whatever the grid; what was done is said.
  @Test func positionsOfAnotherGridAreInterpolated() throws {
    let network = try network()
    var weights = network.stateDict.mapValues { $0.detached().cloned() }
    let own = try #require(weights["pos_embed"])
    #expect(own.shape == [1, 197, 384])
    let token = Tensor.full([1, 1, 384], 7)
    let places = Tensor.full([1, 64, 384], 0.25)
    weights["pos_embed"] = Tensor.concatenated([token, places], dim: 1)
    let report = try network.loadPretrained(weights)
    #expect(report.regridded == "positions of 8 × 8 patches interpolated to 14 × 14, bicubic")
    let found = try #require(network.stateDict["pos_embed"]).scalars(as: Double.self)
    #expect(
      difference(
        found,
        [Double](repeating: 7, count: 384) + [Double](repeating: 0.25, count: 196 * 384),
        absolute: 1e-5) == nil)
  }

  @Test func whatIsNoGridIsStillAnError() throws {
    let network = try network()
    var weights = network.stateDict.mapValues { $0.detached().cloned() }
    weights["pos_embed"] = Tensor.zeros([1, 100, 384])
    #expect(throws: WeightsError.self) { try network.loadPretrained(weights) }
    let same = network.stateDict
    #expect(try network.loadPretrained(same).regridded == nil)
  }
}
