import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

/// Weights under the names of another package.
@Suite("Spellings of weights")
struct WeightSpellingTests {
  private func network(_ name: String, seed: UInt64) throws -> Network {
    let network = try Architectures.named(name).build(classes: 3, using: Generator(seed: seed))
    withoutGradients {
      for (number, tensor) in network.buffers.enumerated() where tensor.tensor.rank > 0 {
        tensor.tensor.copy(from: tensor.tensor + Double(seed) + Double(number))
      }
    }
    return network
  }

  /// The package's names in its order are the network's in its own, which is the same.
  @Test(
    "every tensor of the other package's list finds its place, and the spelling is said",
    arguments: ["efficientnet_lite0", "efficientnet_b1"], ["", "module."])
  func everyTensor(name: String, prefix: String) throws {
    let lists = try Golden.load("Networks/spellings.json", as: [String: [String]].self)
    let theirs = try #require(lists[name])
    let source = try network(name, seed: 1).stateDict
    try #require(theirs.count == source.count)
    let weights = StateDict(
      uniqueKeysWithValues: zip(theirs, source.values).map { (prefix + $0, $1) })
    let target = try network(name, seed: 2)
    let report = try target.loadPretrained(weights)
    #expect(report.spelling == "efficientnet_pytorch" && report.prefix == prefix)
    #expect(report.loaded == Array(source.keys) && report.unexpected.isEmpty)
    for (key, tensor) in target.stateDict {
      #expect(
        tensor.scalars(as: Float.self) == source[key]?.scalars(as: Float.self), "\(key)")
    }
  }

  @Test("what the package has not is named as it is, and a gap by the network's own name")
  func gaps() throws {
    let lists = try Golden.load("Networks/spellings.json", as: [String: [String]].self)
    let theirs = try #require(lists["efficientnet_lite0"])
    let source = try network("efficientnet_lite0", seed: 1).stateDict
    var weights = StateDict(uniqueKeysWithValues: zip(theirs, source.values))
    weights["_swish.weight"] = Tensor(Float(0))
    let report = try network("efficientnet_lite0", seed: 2).loadPretrained(weights)
    #expect(report.unexpected == ["_swish.weight"])
    weights["_blocks.1._bn0.weight"] = nil
    #expect(
      throws: WeightsError.missing(
        network: "efficientnet_lite0", names: ["blocks.1.0.bn1.weight"])
    ) { try network("efficientnet_lite0", seed: 2).loadPretrained(weights) }
  }

  /// efficientnet_pytorch's weights are all of TensorFlow's padding.
  @Test("a spelling that is never of a network names the one that it is of")
  func twin() throws {
    let lists = try Golden.load("Networks/spellings.json", as: [String: [String]].self)
    let source = try network("efficientnet_b1", seed: 1).stateDict
    let weights = StateDict(
      uniqueKeysWithValues: zip(try #require(lists["efficientnet_b1"]), source.values))
    let error = WeightsError.twin(
      network: "efficientnet_b1_torch", of: "efficientnet_b1",
      reason: "they have names as efficientnet_pytorch spells them")
    #expect(throws: error) {
      try network("efficientnet_b1_torch", seed: 2).loadPretrained(weights)
    }
  }

  /// A network whose answers are decoded in another way has a tensor more, which says so.
  @Test("how answers are decoded changes nothing about the names", arguments: Decoding.allCases)
  func decoded(decoding: Decoding) throws {
    let lists = try Golden.load("Networks/spellings.json", as: [String: [String]].self)
    let source = try network("efficientnet_lite0", seed: 1).stateDict
    let weights = StateDict(
      uniqueKeysWithValues: zip(try #require(lists["efficientnet_lite0"]), source.values))
    let target = try Architectures.named("efficientnet_lite0").build(
      classes: 7, form: NetworkForm(decoding: decoding), using: Generator(seed: 2))
    let report = try target.loadPretrained(weights)
    #expect(report.spelling == "efficientnet_pytorch")
    #expect(
      target.stateDict["conv_stem.weight"]?.scalars(as: Float.self)
        == source["conv_stem.weight"]?.scalars(as: Float.self))
  }

  @Test("the network's own names are not taken for another spelling")
  func own() throws {
    let source = try network("efficientnet_lite0", seed: 1).stateDict
    #expect(try network("efficientnet_lite0", seed: 2).loadPretrained(source).spelling == nil)
  }
}
