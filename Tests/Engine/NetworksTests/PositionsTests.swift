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

  /// More and fewer patches than the network has, as timm brings them to its own.
  @Test func otherGridsAreTimms() throws {
    struct Moved: Decodable {
      let number, from, to: Int
      let values: [Double]
    }
    for golden in try Golden.load("Networks/positions.json", as: [Moved].self) {
      let network = try network()
      var weights = network.stateDict.mapValues { $0.detached().cloned() }
      weights["pos_embed"] = GoldenRule.tensor(
        golden.number, [1, 1 + golden.from * golden.from, 384], .float32)
      let report = try network.loadPretrained(weights)
      let words =
        "positions of \(golden.from) × \(golden.from) patches interpolated to \(golden.to) × \(golden.to), bicubic"
      #expect(report.regridded == words)
      let found = try #require(network.stateDict["pos_embed"])
      #expect(found.shape == [1, 1 + golden.to * golden.to, 384])
      let kept = found.scalars(as: Double.self).enumerated().filter { $0.offset % 384 % 97 == 0 }
      #expect(
        difference(kept.map(\.element), golden.values, absolute: 1e-6) == nil, "\(golden.from)")
    }
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
