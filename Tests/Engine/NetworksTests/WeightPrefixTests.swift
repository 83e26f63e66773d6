import Networks
import OrderedCollections
import Testing
import Torch
import Weights

/// Weights as wrappers save them: their names with something before.
@Suite("Weights under a prefix")
struct WeightPrefixTests {
  private func network(classes: Int = 4, seed: Int = 0) throws -> Network {
    try Architectures.named("resnet20").build(
      classes: classes, using: Generator(seed: UInt64(seed)))
  }

  private func weights(_ prefix: String, seed: Int = 1) throws -> StateDict {
    StateDict(
      uniqueKeysWithValues: try network(seed: seed).stateDict.map { (prefix + $0.key, $0.value) })
  }

  @Test(
    "are found by the names that remain, and the prefix is said",
    arguments: [
      "", "module.", "model.", "backbone.", "encoder.", "model.module.", "state_dict.model.module.",
      "model._orig_mod.", "net.encoder.",
    ])
  func found(prefix: String) throws {
    let network = try network()
    let source = try weights(prefix)
    let report = try network.loadPretrained(source)
    #expect(report.prefix == prefix)
    #expect(report.loaded.count == source.count && report.unexpected.isEmpty)
    #expect(
      network.stateDict["conv1.weight"]?.sum().item()
        == source[prefix + "conv1.weight"]?.sum().item())
  }

  @Test("a head under another name is left out; what lies elsewhere is named as it is")
  func headless() throws {
    var source = try weights("encoder.").filter { !$0.key.hasPrefix("encoder.linear") }
    source["head.weight"] = Tensor.zeros([4, 64])
    source["encoder.extra"] = Tensor(Float(0))
    let report = try network().loadPretrained(source)
    #expect(report.leftOut == ["linear.weight", "linear.bias"])
    #expect(report.unexpected == ["extra", "head.weight"])
  }

  @Test("of two networks the one without a name of its own is meant, else neither")
  func several() throws {
    let both = try weights("model.").merging(weights("ema.module.", seed: 2)) { a, _ in a }
    let report = try network().loadPretrained(both)
    #expect(report.prefix == "model." && report.unexpected.first?.hasPrefix("ema.module.") == true)
    let twins = try weights("student.backbone.").merging(weights("teacher.backbone.")) { a, _ in a }
    #expect(
      throws: WeightsError.ambiguous(
        network: "resnet20", prefixes: ["student.backbone.", "teacher.backbone."])
    ) { try network().loadPretrained(twins) }
    let plain = try weights("").merging(weights("ema.")) { a, _ in a }
    #expect(try network().loadPretrained(plain).prefix == "")
  }

  @Test("a gap is named by the network's own name")
  func gap() throws {
    var source = try weights("model.")
    source["model.layer1.0.conv1.weight"] = nil
    #expect(throws: WeightsError.missing(network: "resnet20", names: ["layer1.0.conv1.weight"])) {
      try network().loadPretrained(source)
    }
  }

  @Test(
    "values that are NaN or infinite are refused before anything is copied; unused ones are not")
  func finite() throws {
    let network = try network()
    let before = network.stateDict["conv1.weight"]?.sum().item()
    var source = try weights("model.")
    source["model.bn1.running_var"] = Tensor(
      [Float](repeating: .infinity, count: 2) + [Float](repeating: 1, count: 14), shape: [16])
    source["model.layer1.0.conv1.weight"] = Tensor.full([16, 16, 3, 3], .nan)
    #expect(
      throws: WeightsError.notFinite(
        network: "resnet20", name: "bn1.running_var", count: 2, tensors: 2)
    ) { try network.loadPretrained(source) }
    #expect(network.stateDict["conv1.weight"]?.sum().item() == before)
    var unused = try weights("")
    unused["other"] = Tensor.full([3], .nan)
    #expect(try network.loadPretrained(unused).unexpected == ["other"])
  }
}
